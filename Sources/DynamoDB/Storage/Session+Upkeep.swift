import AWSCore
import Telemetry

extension Session {
    /// Rows of one turn.
    private static let some = 500

    /// Fills what is new, or deletes what is left of what is gone, a little.
    ///
    /// - Returns: whether nothing is left to do.
    func fillOrDelete() throws(ServiceError) -> Bool {
        if try deleteOrphans() { return false }
        for table in catalog.tables.values {
            for (place, index) in table.indexes.enumerated() {
                if index.status == .creating {
                    try fill(table, index, place)
                    return false
                }
                if index.status == .deleting {
                    var table = table
                    table.indexes.remove(at: place)
                    table.dropSpareAttributes()
                    try abandon([index.id])
                    try save(table)
                    return false
                }
                if index.status == .updating {
                    var table = table
                    table.indexes[place].status = .active
                    try save(table)
                    return false
                }
            }
            if let timeToLive = table.timeToLive, !timeToLive.isFilled {
                try fill(table, timeToLive)
                return false
            }
        }
        return true
    }

    /// - Returns: whether there was something.
    private func deleteOrphans() throws(ServiceError) -> Bool {
        var found: Int?
        try each("SELECT id FROM orphan LIMIT 1", []) { row throws(ServiceError) in
            found = row.int(0)
            return false
        }
        guard let id = found else { return false }
        if try delete("item", "t", ["p", "s"], id) { return true }
        if try delete("entry", "i", ["p", "s", "tp", "ts"], id) { return true }
        try run("DELETE FROM orphan WHERE id = ?", [.int(id)])
        return true
    }

    /// Deletes some rows one by one, as SQLite finds them by their whole key only.
    private func delete(_ rows: String, _ column: String, _ parts: [String], _ id: Int) throws(ServiceError) -> Bool {
        var keys: [[SQLValue]] = []
        try each(
            "SELECT h, \(parts.joined(separator: ", ")) FROM \(rows) WHERE \(column) = ? LIMIT \(Self.some)", [.int(id)]
        ) {
            row throws(ServiceError) in
            let bytes = (1...parts.count).map { SQLValue.bytes(row.bytes(Int32($0))) }
            keys.append([SQLValue.int(row.int(0))] + bytes)
            return true
        }
        let sql =
            "DELETE FROM \(rows) WHERE \(column) = ? AND h = ? " + parts.map { "AND \($0) = ?" }.joined(separator: " ")
        for key in keys { try run(sql, [.int(id)] + key) }
        return !keys.isEmpty
    }

    private func fill(_ table: Table, _ index: TableIndex, _ place: Int) throws(ServiceError) {
        let last = try someItems(table, index.id) { item, key throws(ServiceError) in
            guard let entry = index.key(item), try addEntry(index.id, entry, key) else { return }
            counted(table.name, index: place, items: 1, bytes: index.projected(item, table.schema).size)
        }
        guard last == nil, var table = catalog.tables[table.name] else { return }
        table.indexes[place].status = .active
        try save(table)
    }

    private func fill(_ table: Table, _ timeToLive: Table.TimeToLive) throws(ServiceError) {
        let last = try someItems(table, timeToLive.index) { item, key throws(ServiceError) in
            guard let expiry = table.expiry(item) else { return }
            _ = try addEntry(timeToLive.index, Key(partition: [], sort: expiry), key)
        }
        guard last == nil, var table = catalog.tables[table.name] else { return }
        table.timeToLive?.isFilled = true
        try save(table)
    }

    /// The next items of a table for an index that is filled.
    ///
    /// - Returns: the last one's key; `nil` when there are no more.
    private func someItems(
        _ table: Table, _ index: Int, _ visit: (Item, Key) throws(ServiceError) -> Void
    ) throws(ServiceError) -> Key? {
        var found: [(Item, Key)] = []
        let place = try catalog.filled[index].map { key throws(ServiceError) in ReadingPlace(table: key) }
        try scan(table, nil, after: place) { item throws(ServiceError) in
            found.append((item, try table.schema.key(ofItem: item)))
            return found.count < Self.some
        }
        for (item, key) in found { try visit(item, key) }
        let last = found.count < Self.some ? nil : found.last?.1
        catalog.filled[index] = last
        return last
    }

    /// Deletes items whose time is over, as the service itself.
    ///
    /// - Returns: whether no more are left.
    func expireSome() throws(ServiceError) -> Bool {
        let now = Int(now.seconds)
        // What expired more than five years ago never does: it is taken for a mistake.
        let low = try DynamoNumber(String(now - 5 * 365 * 86_400)).orderingBytes
        let high = try DynamoNumber(String(now)).orderingBytes
        var left = Self.some
        for name in catalog.tables.keys.sorted() {
            guard let table = catalog.tables[name], let timeToLive = table.timeToLive, timeToLive.isFilled else {
                continue
            }
            var keys: [Key] = []
            try each(
                """
                SELECT tp, ts FROM entry WHERE i = ? AND h = ? AND p = x'' AND s > ? AND s < ? ORDER BY s LIMIT ?
                """, [.int(timeToLive.index), .int(Key.hash([])), .bytes(low), .bytes(high), .int(left)]
            ) { row throws(ServiceError) in
                keys.append(Key(partition: row.bytes(0), sort: row.bytes(1)))
                return true
            }
            for key in keys {
                guard let table = catalog.tables[name], let old = try item(key, table) else { continue }
                try replace(key, old, by: nil, in: table, isExpiry: true)
            }
            left -= keys.count
            guard left > 0 else { return false }
        }
        return true
    }

    /// - Returns: whether there are any left.
    func trimTokens() throws(ServiceError) -> Bool {
        try run("DELETE FROM token WHERE time < ?", [.int(Int((now - Self.tokenLife).microseconds))])
        var hasSome = false
        try each("SELECT 1 FROM token LIMIT 1", []) { row throws(ServiceError) in
            hasSome = row.int(0) == 1
            return false
        }
        return hasSome
    }

    /// A transaction's token is remembered for ten minutes.
    static let tokenLife = Microseconds.seconds(600)
}
