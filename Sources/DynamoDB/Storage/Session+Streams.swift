import AWSCore
import Telemetry

/// A change of an item, as a stream has it.
struct StreamRecord: Sendable {
    enum Kind: Int, Sendable {
        case insert, modify, remove, expire

        var name: String {
            switch self {
            case .insert: "INSERT"
            case .modify: "MODIFY"
            case .remove, .expire: "REMOVE"
            }
        }
    }

    var sequence = 0
    var time = Timestamp(microseconds: 0)
    var kind: Kind
    var keys: Item
    var old: Item?
    var new: Item?
    /// As DynamoDB counts them: keys and images.
    var bytes: Int

    /// - Returns: `nil` when nothing changed.
    init?(_ schema: KeySchema, _ old: Item?, _ new: Item?, _ view: TableStream.View, isExpiry: Bool) {
        switch (old, new) {
        case (nil, nil): return nil
        case (nil, _?): kind = .insert
        case (_?, nil): kind = isExpiry ? .expire : .remove
        case (let old?, let new?):
            guard !AttributeValue.map(old).equals(.map(new)) else { return nil }
            kind = .modify
        }
        keys = schema.projection(new ?? old ?? Item())
        self.old = view.hasOld ? old : nil
        self.new = view.hasNew ? new : nil
        bytes = keys.size + (self.old?.size ?? 0) + (self.new?.size ?? 0)
    }

    init(_ row: Prepared) throws(ServiceError) {
        sequence = row.int(0)
        time = Timestamp(microseconds: Int64(row.int(1)))
        kind = Kind(rawValue: row.int(2)) ?? .modify
        keys = try row.item(3)
        if !row.isNull(4) { old = try row.item(4) }
        if !row.isNull(5) { new = try row.item(5) }
        bytes = row.int(6)
    }
}

extension Session {
    func append(_ record: StreamRecord?, to stream: TableStream) throws(ServiceError) {
        guard let record else { return }
        wrote(to: stream)
        let sequence = nextSequence()
        catalog.marks[stream.id, default: StreamMarks()].add(sequence)
        try run(
            "INSERT INTO record (stream, sequence, time, kind, keys, old, new, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                .int(stream.id), .int(sequence), .int(Int(now.microseconds)), .int(record.kind.rawValue),
                .bytes(ItemCodec.bytes(record.keys)), record.old.map { .bytes(ItemCodec.bytes($0)) } ?? .null,
                record.new.map { .bytes(ItemCodec.bytes($0)) } ?? .null, .int(record.bytes),
            ])
    }

    /// Sequence numbers of all streams grow; they follow the time, as far as several at a time let them.
    func nextSequence() -> Int {
        catalog.lastSequence = max(catalog.lastSequence + 1, Int(now.microseconds) << 4)
        return catalog.lastSequence
    }

    /// Records behind a sequence number, oldest first, until the visitor says enough.
    func records(
        _ stream: TableStream, after sequence: Int, _ visit: (StreamRecord) -> Bool
    ) throws(ServiceError) {
        try each(
            """
            SELECT sequence, time, kind, keys, old, new, bytes FROM record WHERE stream = ? AND sequence > ?
            ORDER BY sequence
            """, [.int(stream.id), .int(sequence)]
        ) { row throws(ServiceError) in visit(try StreamRecord(row)) }
    }

    func enableStream(_ view: TableStream.View, on table: inout Table) throws(ServiceError) {
        let start = nextSequence()
        let stream = TableStream(
            id: catalog.newID(), tableName: table.name, schema: table.schema, view: view, created: now, start: start,
            trimmed: start)
        table.stream = stream.id
        try save(stream)
    }

    func disableStream(of table: Table) throws(ServiceError) {
        guard var stream = stream(table), stream.isEnabled else { return }
        stream.end = nextSequence()
        stream.ended = now
        try save(stream)
    }

    /// Lets go of some of the records that are too old or too many, and of disabled streams that have none left.
    ///
    /// - Returns: whether there are no more.
    func trimStreams() throws(ServiceError) -> Bool {
        let limit = now - TableStream.kept
        var isDone = true
        for var stream in Array(catalog.streams.values) {
            let last = try lastToTrim(stream, before: limit)
            if last > stream.trimmed {
                let step = try sequence(stream, upTo: last, after: Self.someRecords) ?? last
                try run("DELETE FROM record WHERE stream = ? AND sequence <= ?", [.int(stream.id), .int(step)])
                stream.trimmed = step
                catalog.marks[stream.id]?.forget(upTo: step)
                try save(stream)
                isDone = isDone && step == last
            }
            guard let ended = stream.ended, ended < limit, isDone else { continue }
            catalog.streams[stream.id] = nil
            catalog.marks[stream.id] = nil
            try run("DELETE FROM stream WHERE id = ?", [.int(stream.id)])
        }
        return isDone
    }

    /// Records of one turn.
    private static let someRecords = 5000

    private func lastToTrim(_ stream: TableStream, before limit: Timestamp) throws(ServiceError) -> Int {
        var last = stream.trimmed
        // Sequence numbers follow the time: what is older has a smaller one.
        try each(
            "SELECT sequence FROM record WHERE stream = ? AND sequence < ? ORDER BY sequence DESC LIMIT 1",
            [.int(stream.id), .int(Int(limit.microseconds) << 4)]
        ) { row throws(ServiceError) in
            last = max(last, row.int(0))
            return false
        }
        return max(last, catalog.marks[stream.id]?.excess(TableStream.mostRecords) ?? 0)
    }

    private func sequence(_ stream: TableStream, upTo last: Int, after count: Int) throws(ServiceError) -> Int? {
        var found: Int?
        try each(
            "SELECT sequence FROM record WHERE stream = ? AND sequence <= ? ORDER BY sequence LIMIT 1 OFFSET ?",
            [.int(stream.id), .int(last), .int(count)]
        ) { row throws(ServiceError) in
            found = row.int(0)
            return false
        }
        return found
    }
}

/// Every thousandth sequence number of a stream, so that nobody has to count its records.
struct StreamMarks: Sendable {
    private var marks: [Int] = []
    private var count = 0

    private static let distance = 1000

    mutating func add(_ sequence: Int) {
        count += 1
        guard count == Self.distance else { return }
        count = 0
        marks.append(sequence)
    }

    /// The last record that is more than so many back.
    func excess(_ most: Int) -> Int? {
        let kept = most / Self.distance
        return marks.count > kept ? marks[marks.count - 1 - kept] : nil
    }

    mutating func forget(upTo sequence: Int) { marks.removeAll { $0 < sequence } }
}
