package import Telemetry

/// The events of a history, in chunks: who holds an older value shares all of it but the last chunk.
package struct HistoryEvents: RandomAccessCollection, Hashable, Sendable {
    private static let chunkCount = 256

    /// Each full but the last.
    private var chunks: [[HistoryEvent]] = []
    package private(set) var count = 0

    package init() {}

    package init(_ events: some Sequence<HistoryEvent>) {
        for event in events { append(event) }
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(place: Int) -> HistoryEvent {
        chunks[place / Self.chunkCount][place % Self.chunkCount]
    }

    package mutating func append(_ event: HistoryEvent) {
        if count.isMultiple(of: Self.chunkCount) { chunks.append([]) }
        chunks[chunks.count - 1].append(event)
        count += 1
    }

    /// The event of an id: ids count from 1 on without holes, but for histories whose beginning was not seen.
    package func event(id: Int) -> HistoryEvent? {
        if id > 0, id <= count, self[id - 1].id == id { return self[id - 1] }
        guard let first, id >= first.id, let (place, overflow) = Optional(id.subtractingReportingOverflow(first.id)),
            !overflow, place < count, self[place].id == id
        else { return nil }
        return self[place]
    }
}
