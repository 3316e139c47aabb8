import AWSCore

extension Session {
    typealias Visit = (Item) throws(ServiceError) -> Bool

    /// The items of a partition by sort key, until the visitor says enough.
    func query(
        _ table: Table, _ index: TableIndex?, _ range: KeyRange, after place: ReadingPlace?, isForward: Bool,
        _ visit: Visit
    ) throws(ServiceError) {
        var (low, high) = range.bounds
        let hash = Key.hash(range.partition)
        guard let index else {
            if let place {
                if isForward { low = place.table.sort + [0] } else { high = place.table.sort }
            }
            return try each(
                isForward ? Self.forward : Self.backward,
                [.int(table.id), .int(hash), .bytes(range.partition), .bytes(low), .bytes(high)]
            ) { row throws(ServiceError) in try visit(row.item(0)) }
        }
        let entries: [SQLValue] = [.int(table.id), .int(index.id), .int(hash), .bytes(range.partition)]
        guard let place else {
            return try each(
                isForward ? Self.indexForward : Self.indexBackward, entries + [.bytes(low), .bytes(high)]
            ) { row throws(ServiceError) in try visit(row.item(0)) }
        }
        let key: [SQLValue] = [.bytes(place.index.sort), .bytes(place.table.partition), .bytes(place.table.sort)]
        try each(
            isForward ? Self.indexForwardAfter : Self.indexBackwardAfter,
            entries + key + [.bytes(isForward ? high : low)]
        ) { row throws(ServiceError) in try visit(row.item(0)) }
    }

    private static let partition = "SELECT v FROM item WHERE t = ? AND h = ? AND p = ? AND s >= ? AND s < ? "
    private static let forward = partition + "ORDER BY s"
    private static let backward = partition + "ORDER BY s DESC"

    private static let joined = """
        SELECT item.v FROM entry CROSS JOIN item ON item.t = ? AND item.h = entry.th AND item.p = entry.tp AND \
        item.s = entry.ts WHERE entry.i = ?
        """
    private static let indexPartition = joined + " AND entry.h = ? AND entry.p = ? "
    private static let up = "ORDER BY entry.s, entry.tp, entry.ts"
    private static let down = "ORDER BY entry.s DESC, entry.tp DESC, entry.ts DESC"
    private static let indexForward = indexPartition + "AND entry.s >= ? AND entry.s < ? " + up
    private static let indexBackward = indexPartition + "AND entry.s >= ? AND entry.s < ? " + down
    // Behind a place SQLite must have the one bound only, else it looks at all before the place again.
    private static let indexForwardAfter =
        indexPartition + "AND (entry.s, entry.tp, entry.ts) > (?, ?, ?) AND entry.s < ? " + up
    private static let indexBackwardAfter =
        indexPartition + "AND (entry.s, entry.tp, entry.ts) < (?, ?, ?) AND entry.s >= ? " + down

    /// All items in the order of a scan, those behind a place only, until the visitor says enough.
    func scan(
        _ table: Table, _ index: TableIndex?, after place: ReadingPlace?, segment: Int = 0, of segments: Int = 1,
        _ visit: Visit
    ) throws(ServiceError) {
        let width = Int.max / segments
        let low = segment * width
        let high = segment == segments - 1 ? Int.max : low + width - 1
        var values: [SQLValue] = [.int(table.id)]
        if let index { values.append(.int(index.id)) }
        if let place {
            let key = index == nil ? place.table : place.index
            values += [.int(key.hash), .bytes(key.partition), .bytes(key.sort)]
            if index != nil { values += [.bytes(place.table.partition), .bytes(place.table.sort)] }
        } else {
            values.append(.int(low))
        }
        values.append(.int(high))
        let sql =
            switch (index, place) {
            case (nil, nil): Self.scan
            case (nil, _?): Self.scanAfter
            case (_?, nil): Self.indexScan
            case (_?, _?): Self.indexScanAfter
            }
        try each(sql, values) { row throws(ServiceError) in try visit(row.item(0)) }
    }

    private static let scan = "SELECT v FROM item WHERE t = ? AND h >= ? AND h <= ? ORDER BY h, p, s"
    private static let scanAfter =
        "SELECT v FROM item WHERE t = ? AND (h, p, s) > (?, ?, ?) AND h <= ? ORDER BY h, p, s"
    private static let indexOrder = "ORDER BY entry.h, entry.p, entry.s, entry.tp, entry.ts"
    private static let indexScan = joined + " AND entry.h >= ? AND entry.h <= ? " + indexOrder
    private static let indexScanAfter =
        joined + " AND (entry.h, entry.p, entry.s, entry.tp, entry.ts) > (?, ?, ?, ?, ?) AND entry.h <= ? " + indexOrder
}
