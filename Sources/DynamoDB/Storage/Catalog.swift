import GRDB
import JSON

/// All tables by name, and all streams that can be read.
struct Catalog: Sendable {
    var tables: [String: Table] = [:]
    var streams: [Int: TableStream] = [:]
    /// Tables, indexes and streams share their ids.
    var nextID = 1
    /// The newest record of all streams.
    var lastSequence = 0
    /// Of the records since the start.
    var marks: [Int: StreamMarks] = [:]
    /// How far indexes that are being filled have come, by id. After a start they begin anew, which does no harm.
    var filled: [Int: Key] = [:]

    init() {}

    init(reading database: Database) throws {
        for row in try Row.fetchAll(database, sql: "SELECT id, value FROM definition") {
            guard let json = try? JSON(parsing: row["value"] as String), let table = Table(id: row["id"], json)
            else { throw Unreadable(kind: "table", id: row["id"]) }
            tables[table.name] = table
        }
        for row in try Row.fetchAll(database, sql: "SELECT id, value FROM stream") {
            guard let json = try? JSON(parsing: row["value"] as String), let stream = TableStream(id: row["id"], json)
            else { throw Unreadable(kind: "stream", id: row["id"]) }
            streams[stream.id] = stream
        }
        var counts: [Int: Counts] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT id, items, bytes FROM counts") {
            counts[row["id"]] = Counts(items: row["items"], bytes: row["bytes"])
        }
        for name in tables.keys {
            tables[name]?.takeCounts(counts)
        }
        let ids =
            tables.values.flatMap(\.ids) + streams.keys + counts.keys
            + (try Int.fetchAll(database, sql: "SELECT id FROM orphan"))
        nextID = (ids.max() ?? 0) + 1
        let last = try Int.fetchOne(database, sql: "SELECT max(sequence) FROM record") ?? 0
        lastSequence = streams.values.reduce(last) { max($0, $1.end ?? $1.start, $1.trimmed) }
    }

    struct Unreadable: Error, CustomStringConvertible {
        let kind: String
        let id: Int

        var description: String { "the definition of \(kind) \(id) is damaged" }
    }

    mutating func newID() -> Int {
        defer { nextID += 1 }
        return nextID
    }
}

extension Table {
    fileprivate mutating func takeCounts(_ all: [Int: Counts]) {
        counts = all[id] ?? Counts()
        for place in indexes.indices { indexes[place].counts = all[indexes[place].id] ?? Counts() }
    }
}
