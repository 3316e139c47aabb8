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
        var values: [SQLValue] = [
            .int(table.id), .int(index.id), .int(hash), .bytes(range.partition), .bytes(low), .bytes(high),
        ]
        guard let place else {
            return try each(isForward ? Self.indexForward : Self.indexBackward, values) { row throws(ServiceError) in
                try visit(row.item(0))
            }
        }
        values += [.bytes(place.index.sort), .bytes(place.table.partition), .bytes(place.table.sort)]
        try each(isForward ? Self.indexForwardAfter : Self.indexBackwardAfter, values) { row throws(ServiceError) in
            try visit(row.item(0))
        }
    }

    private static let partition = "SELECT v FROM item WHERE t = ? AND h = ? AND p = ? AND s >= ? AND s < ? "
    private static let forward = partition + "ORDER BY s"
    private static let backward = partition + "ORDER BY s DESC"

    private static let joined = """
        SELECT item.v FROM entry CROSS JOIN item ON item.t = ? AND item.h = entry.th AND item.p = entry.tp AND \
        item.s = entry.ts WHERE entry.i = ?
        """
    private static let indexPartition = joined + " AND entry.h = ? AND entry.p = ? AND entry.s >= ? AND entry.s < ? "
    private static let up = "ORDER BY entry.s, entry.tp, entry.ts"
    private static let down = "ORDER BY entry.s DESC, entry.tp DESC, entry.ts DESC"
    private static let indexForward = indexPartition + up
    private static let indexBackward = indexPartition + down
    private static let indexForwardAfter = indexPartition + "AND (entry.s, entry.tp, entry.ts) > (?, ?, ?) " + up
    private static let indexBackwardAfter = indexPartition + "AND (entry.s, entry.tp, entry.ts) < (?, ?, ?) " + down

    /// All items in the order of a scan, those behind a place only, until the visitor says enough.
    func scan(
        _ table: Table, _ index: TableIndex?, after place: ReadingPlace?, segment: Int = 0, of segments: Int = 1,
        _ visit: Visit
    ) throws(ServiceError) {
        let width = Int.max / segments
        var low = segment * width
        let high = segment == segments - 1 ? Int.max : low + width - 1
        guard let index else {
            let key = place?.table
            low = max(low, key?.hash ?? 0)
            return try each(
                Self.scan,
                [
                    .int(table.id), .int(low), .int(high), .int(key?.hash ?? -1), .bytes(key?.partition ?? []),
                    .bytes(key?.sort ?? []),
                ]
            ) { row throws(ServiceError) in try visit(row.item(0)) }
        }
        low = max(low, place?.index.hash ?? 0)
        try each(
            Self.indexScan,
            [
                .int(table.id), .int(index.id), .int(low), .int(high), .int(place?.index.hash ?? -1),
                .bytes(place?.index.partition ?? []), .bytes(place?.index.sort ?? []),
                .bytes(place?.table.partition ?? []), .bytes(place?.table.sort ?? []),
            ]
        ) { row throws(ServiceError) in try visit(row.item(0)) }
    }

    private static let scan = """
        SELECT v FROM item WHERE t = ? AND h >= ? AND h <= ? AND (h, p, s) > (?, ?, ?) ORDER BY h, p, s
        """
    private static let indexScan =
        joined + """
             AND entry.h >= ? AND entry.h <= ? AND (entry.h, entry.p, entry.s, entry.tp, entry.ts) > (?, ?, ?, ?, ?) \
            ORDER BY entry.h, entry.p, entry.s, entry.tp, entry.ts
            """
}
