import AWSCore
import GRDB
import JSON
import Telemetry

/// One turn at the tables: what is done in it is written together.
final class Session {
    let database: Database
    var catalog: Catalog
    let now: Timestamp
    private(set) var changes = Changes()
    /// Why nothing of this turn can be kept.
    var failure: ServiceError?
    private var countedTables: Set<String> = []

    init(_ database: Database, catalog: Catalog, now: Timestamp) {
        self.database = database
        self.catalog = catalog
        self.now = now
    }

    /// - Throws: `ResourceNotFoundException`.
    func table(_ name: String) throws(ServiceError) -> Table {
        guard let table = catalog.tables[name] else {
            throw ServiceError("ResourceNotFoundException", "Requested resource not found")
        }
        return table
    }

    /// As operations on the table itself have it, which name it in the error.
    func namedTable(_ name: String) throws(ServiceError) -> Table {
        guard let table = catalog.tables[name] else {
            throw ServiceError(
                "ResourceNotFoundException", "Requested resource not found: Table: \(name) not found")
        }
        return table
    }

    func stream(_ table: Table) -> TableStream? { table.stream.flatMap { catalog.streams[$0] } }

    // MARK: Statements

    func run(_ sql: String, _ values: [SQLValue]) throws(ServiceError) {
        let statement = try Prepared(database, sql, values)
        defer { statement.reset() }
        while try statement.step() {}
    }

    /// Rows that the last statement inserted or deleted.
    var changedRows: Int { database.changesCount }

    /// Each row until the visitor says enough.
    func each(
        _ sql: String, _ values: [SQLValue], _ visit: (Prepared) throws(ServiceError) -> Bool
    ) throws(ServiceError) {
        let statement = try Prepared(database, sql, values)
        defer { statement.reset() }
        while try statement.step() {
            guard try visit(statement) else { return }
        }
    }

    // MARK: Definitions

    /// Keeps a table as it is now, and tells of it.
    func save(_ table: Table) throws(ServiceError) {
        catalog.tables[table.name] = table
        try run(
            "INSERT OR REPLACE INTO definition (id, value) VALUES (?, ?)", [.int(table.id), .text(table.json.text)])
        changes.shapes.insert(table.name)
    }

    func save(_ stream: TableStream) throws(ServiceError) {
        catalog.streams[stream.id] = stream
        try run("INSERT OR REPLACE INTO stream (id, value) VALUES (?, ?)", [.int(stream.id), .text(stream.json.text)])
    }

    /// The rows under an id go little by little.
    func abandon(_ ids: [Int]) throws(ServiceError) {
        for id in ids {
            try run("INSERT OR IGNORE INTO orphan (id) VALUES (?)", [.int(id)])
            try run("DELETE FROM counts WHERE id = ?", [.int(id)])
        }
        changes.hasOrphans = true
    }

    func forget(_ table: Table) throws(ServiceError) {
        catalog.tables[table.name] = nil
        countedTables.remove(table.name)
        try run("DELETE FROM definition WHERE id = ?", [.int(table.id)])
        try abandon(table.ids)
        changes.deleted.insert(table.name)
        changes.shapes.remove(table.name)
    }

    /// That an index or an expiry must be filled.
    func needsFilling() { changes.hasUnfilled = true }
    func expires() { changes.expires = true }
    func wrote(to stream: TableStream) { changes.streams.insert(stream.id) }

    // MARK: Counts

    func counted(_ name: String, items: Int, bytes: Int) {
        catalog.tables[name]?.counts.add(items, bytes)
        countedTables.insert(name)
    }

    func counted(_ name: String, index place: Int, items: Int, bytes: Int) {
        catalog.tables[name]?.indexes[place].counts.add(items, bytes)
        countedTables.insert(name)
    }

    func saveCounts() throws(ServiceError) {
        for name in countedTables {
            guard let table = catalog.tables[name] else { continue }
            try save(table.counts, of: table.id)
            for index in table.indexes { try save(index.counts, of: index.id) }
        }
        changes.sizes.formUnion(countedTables)
    }

    private func save(_ counts: Counts, of id: Int) throws(ServiceError) {
        try run(
            "INSERT OR REPLACE INTO counts (id, items, bytes) VALUES (?, ?, ?)",
            [.int(id), .int(counts.items), .int(counts.bytes)])
    }
}

/// What a turn did that others want to know of.
struct Changes: Sendable {
    var shapes: Set<String> = []
    var sizes: Set<String> = []
    var deleted: Set<String> = []
    /// Streams with new records, by id.
    var streams: Set<Int> = []
    var hasOrphans = false
    var hasUnfilled = false
    var expires = false

    var isEmpty: Bool {
        shapes.isEmpty && sizes.isEmpty && deleted.isEmpty && streams.isEmpty && !hasOrphans && !hasUnfilled && !expires
    }
}

extension Counts {
    mutating func add(_ items: Int, _ bytes: Int) {
        self.items += items
        self.bytes += bytes
    }
}
