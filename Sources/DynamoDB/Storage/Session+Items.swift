import AWSCore

extension Session {
    func item(_ key: Key, _ table: Table) throws(ServiceError) -> Item? {
        var item: Item?
        try each(
            "SELECT v FROM item WHERE t = ? AND h = ? AND p = ? AND s = ?",
            [.int(table.id), .int(key.hash), .bytes(key.partition), .bytes(key.sort)]
        ) { row throws(ServiceError) in
            item = try row.item(0)
            return false
        }
        return item
    }

    /// Replaces an item by another, in the table and all that follows it.
    ///
    /// - Parameters:
    ///   - old: what is there now; `nil` when nothing is.
    ///   - new: `nil` to delete it.
    func replace(
        _ key: Key, _ old: Item?, by new: Item?, in table: Table, isExpiry: Bool = false
    ) throws(ServiceError) {
        let place: [SQLValue] = [.int(table.id), .int(key.hash), .bytes(key.partition), .bytes(key.sort)]
        if let new {
            try run(
                "INSERT OR REPLACE INTO item (t, h, p, s, v) VALUES (?, ?, ?, ?, ?)",
                place + [.bytes(ItemCodec.bytes(new))])
        } else if old != nil {
            try run("DELETE FROM item WHERE t = ? AND h = ? AND p = ? AND s = ?", place)
        } else {
            return
        }
        counted(
            table.name, items: (new == nil ? 0 : 1) - (old == nil ? 0 : 1), bytes: (new?.size ?? 0) - (old?.size ?? 0))
        for (place, index) in table.indexes.enumerated() where index.status != .deleting {
            try move(key, old, new, table, index, place)
        }
        if let timeToLive = table.timeToLive {
            let before = old.flatMap(table.expiry)
            let after = new.flatMap(table.expiry)
            guard before != after else { return try record(key, old, new, table, isExpiry) }
            if let before { _ = try removeEntry(timeToLive.index, Key(partition: [], sort: before), key) }
            if let after { _ = try addEntry(timeToLive.index, Key(partition: [], sort: after), key) }
        }
        try record(key, old, new, table, isExpiry)
    }

    private func move(
        _ key: Key, _ old: Item?, _ new: Item?, _ table: Table, _ index: TableIndex, _ place: Int
    ) throws(ServiceError) {
        let before = old.flatMap(index.key)
        let after = new.flatMap(index.key)
        guard before != after || index.status == .creating else {
            guard before != nil, let old, let new else { return }
            let difference = index.projected(new, table.schema).size - index.projected(old, table.schema).size
            return counted(table.name, index: place, items: 0, bytes: difference)
        }
        if let before, let old, try removeEntry(index.id, before, key) {
            counted(table.name, index: place, items: -1, bytes: -index.projected(old, table.schema).size)
        }
        if let after, let new, try addEntry(index.id, after, key) {
            counted(table.name, index: place, items: 1, bytes: index.projected(new, table.schema).size)
        }
    }

    /// - Returns: whether it was not there.
    func addEntry(_ index: Int, _ place: Key, _ key: Key) throws(ServiceError) -> Bool {
        try run(
            "INSERT OR IGNORE INTO entry (i, h, p, s, tp, ts, th) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                .int(index), .int(place.hash), .bytes(place.partition), .bytes(place.sort), .bytes(key.partition),
                .bytes(key.sort), .int(key.hash),
            ])
        return changedRows > 0
    }

    private func removeEntry(_ index: Int, _ place: Key, _ key: Key) throws(ServiceError) -> Bool {
        try run(
            "DELETE FROM entry WHERE i = ? AND h = ? AND p = ? AND s = ? AND tp = ? AND ts = ?",
            [
                .int(index), .int(place.hash), .bytes(place.partition), .bytes(place.sort), .bytes(key.partition),
                .bytes(key.sort),
            ])
        return changedRows > 0
    }

    private func record(
        _ key: Key, _ old: Item?, _ new: Item?, _ table: Table, _ isExpiry: Bool
    ) throws(ServiceError) {
        guard let stream = stream(table), stream.isEnabled else { return }
        try append(StreamRecord(table.schema, old, new, stream.view, isExpiry: isExpiry), to: stream)
    }
}
