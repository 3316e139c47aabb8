import DequeModule
import Telemetry

/// The invocations that are kept, up to a count; their payloads, up to a number of bytes.
struct InvocationArchive {
    private(set) var records: Deque<InvocationRecord> = []
    /// The number of the first record; numbers grow with every record.
    private(set) var first = 0
    /// The latest record of an id: retries of an asynchronous invocation have the same one.
    private var places: [RequestID: Int] = [:]
    private(set) var payloadBytes = 0
    /// Records before this number have no payloads any more.
    private var payloadsFrom = 0
    private(set) var evicted = 0
    let capacity: Int
    let payloadCap: Int

    init(capacity: Int, payloadCap: Int) {
        self.capacity = max(capacity, 1)
        self.payloadCap = payloadCap
    }

    var count: Int { records.count }

    /// - Returns: the number of its record.
    @discardableResult
    mutating func started(_ start: InvocationStart, at time: Timestamp) -> Int {
        let number = first + records.count
        places[start.requestID] = first + records.count
        records.append(InvocationRecord(start: start, startTime: time))
        payloadBytes += start.event.bytes.count
        trim()
        return number
    }

    /// - Returns: how it began, when that was seen.
    @discardableResult
    mutating func finished(_ end: InvocationEnd, at time: Timestamp) -> InvocationStart? {
        defer { trim() }
        guard let place = places[end.requestID], place >= first, records[place - first].end == nil else {
            let start = InvocationStart(requestID: end.requestID, function: end.function, trigger: "")
            places[end.requestID] = first + records.count
            records.append(
                InvocationRecord(start: start, startTime: time - end.duration, end: end, endTime: time))
            payloadBytes += end.response.bytes.count
            return nil
        }
        var end = end
        // The event has left already: the response would be counted and never taken off.
        if place < payloadsFrom { end.response = end.response.stripped }
        records[place - first].end = end
        records[place - first].endTime = time
        payloadBytes += end.response.bytes.count
        return records[place - first].start
    }

    private mutating func trim() {
        while records.count > capacity, let oldest = records.popFirst() {
            if places[oldest.requestID] == first { places[oldest.requestID] = nil }
            if first >= payloadsFrom { payloadBytes -= Self.payloadBytes(oldest) }
            first += 1
            evicted += 1
        }
        payloadsFrom = max(payloadsFrom, first)
        while payloadBytes > payloadCap, payloadsFrom < first + records.count {
            let index = payloadsFrom - first
            payloadBytes -= Self.payloadBytes(records[index])
            records[index].start.event = records[index].start.event.stripped
            if let response = records[index].end?.response { records[index].end?.response = response.stripped }
            payloadsFrom += 1
        }
    }

    private static func payloadBytes(_ record: InvocationRecord) -> Int {
        record.start.event.bytes.count + (record.end?.response.bytes.count ?? 0)
    }

    subscript(number number: Int) -> InvocationRecord? {
        number >= first && number < first + records.count ? records[number - first] : nil
    }

    subscript(id: RequestID) -> InvocationRecord? {
        places[id].flatMap { $0 >= first ? records[$0 - first] : nil }
    }

    var newestFirst: ReversedCollection<Deque<InvocationRecord>> { records.reversed() }

    /// The newest invocations that ended in the window, up to so many.
    func forNewest(_ limit: Int, in window: TimeWindow, _ body: (InvocationRecord, InvocationEnd) -> Void) {
        for record in records.reversed().prefix(limit) {
            // As for ``select(_:)``.
            if record.startTime < window.start - .seconds(3600) { break }
            guard let end = record.end, let time = record.endTime, window.contains(time) else { continue }
            body(record, end)
        }
    }

    /// Newest first.
    func select(_ query: InvocationQuery) -> [InvocationRecord] {
        var found: [InvocationRecord] = []
        for record in records.reversed() where found.count < query.limit {
            guard record.startTime < query.window.end else { continue }
            // Nothing runs longer than 15 minutes: what began an hour before the window did not end in it.
            if record.startTime < query.window.start - .seconds(3600) { break }
            guard (record.endTime ?? query.window.end) >= query.window.start else { continue }
            guard query.function == nil || record.start.function == query.function else { continue }
            guard !query.failuresOnly || record.isFailure else { continue }
            guard !query.coldOnly || record.end?.initDuration != nil else { continue }
            found.append(record)
        }
        return found
    }
}

extension Payload {
    /// Only its size.
    fileprivate var stripped: Payload { Payload(bytes: [], totalCount: totalCount) }
}
