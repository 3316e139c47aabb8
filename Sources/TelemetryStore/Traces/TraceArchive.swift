import DequeModule
import Telemetry

/// The traces that are kept, by their ids, up to a count and up to a number of pieces; the oldest leave first.
///
/// Calls and segments are kept here; requests, invocations and executions only as places in their own archives.
struct TraceArchive {
    private(set) var entries: [String: TraceEntry] = [:]
    /// In the order in which something was first heard of them.
    private(set) var order: Deque<String> = []
    private var weight = 0
    private(set) var evicted = 0
    let capacity: Int
    private let mostWeight: Int

    init(capacity: Int) {
        self.capacity = max(capacity, 1)
        mostWeight = self.capacity * 8
    }

    subscript(id: String) -> TraceEntry? { entries[id] }

    mutating func took(_ request: APIRequest, number: Int, at time: Timestamp) {
        change(TraceHeader(request.traceHeader).root, .request(number), at: time) { entry in
            entry.add(request: number)
            entry.reached(time + request.latency)
            entry.name(request.service)
            entry.saw(
                Trace.Status.of(http: request.status),
                request.errorMessage ?? "\(request.status) \(request.method) \(request.path)")
        }
    }

    mutating func started(_ start: InvocationStart, number: Int, at time: Timestamp) {
        change(TraceHeader(start.traceHeader).root, .invocation(number), at: time) { entry in
            entry.add(invocation: number)
            entry.open += 1
            entry.name(start.function)
        }
    }

    mutating func finished(_ start: InvocationStart, _ end: InvocationEnd, at time: Timestamp) {
        change(TraceHeader(start.traceHeader).root) { entry in
            entry.open = max(entry.open - 1, 0)
            entry.reached(time)
            guard end.status != .success else { return }
            let error = [end.errorType, end.errorMessage].compactMap { $0 }.joined(separator: ": ")
            entry.saw(end.status == .throttled ? .throttled : .fault, error)
        }
    }

    mutating func started(_ start: ExecutionStart, isNew: Bool, at time: Timestamp) {
        guard isNew else {
            guard start.redriveCount > 0 else { return }
            return change(TraceHeader(start.traceHeader).root) { $0.open += 1 }
        }
        change(TraceHeader(start.traceHeader).root, .execution(start.arn), at: time) { entry in
            entry.add(execution: start.arn)
            entry.open += 1
            entry.name(start.machineARN.machineName)
        }
    }

    mutating func ended(_ start: ExecutionStart, _ end: ExecutionEnd, at time: Timestamp) {
        change(TraceHeader(start.traceHeader).root) { entry in
            entry.open = max(entry.open - 1, 0)
            entry.reached(time)
            guard end.status != .succeeded else { return }
            entry.saw(.fault, [end.error, end.cause].compactMap { $0 }.joined(separator: ": "))
        }
    }

    mutating func took(_ call: ServiceCall, at time: Timestamp) {
        let header = TraceHeader(call.traceHeader)
        change(header.root, .call(entries[header.root]?.calls.count ?? 0), at: time) { entry in
            entry.add(call: TraceEntry.Call(time: time, parent: header.parent, call: call))
            entry.reached(time + call.latency)
            if call.service != "lambda", call.service != "states" { entry.name(call.place) }
            entry.saw(Trace.Status.of(call), [call.errorCode, call.place].compactMap { $0 }.joined(separator: " "))
        }
    }

    mutating func took(_ segment: TraceSegment) {
        change(segment.traceID, .segment(segment.id), at: segment.start) { entry in
            entry.add(segment: segment)
            if let end = segment.end { entry.reached(end) }
            if !segment.isSubsegment { entry.name(segment.name) }
            entry.saw(Trace.Status.of(segment), segment.name)
        }
    }

    /// The calls of an invocation, by the header that it got.
    func calls(_ traceHeader: String) -> [InvocationDetail.TimedCall] {
        let header = TraceHeader(traceHeader)
        guard !header.parent.isEmpty, let entry = entries[header.root] else { return [] }
        return entry.calls.filter { $0.parent == header.parent }
            .map { InvocationDetail.TimedCall(time: $0.time, call: $0.call) }
    }

    private mutating func change(
        _ id: String, _ origin: TraceEntry.Origin? = nil, at time: Timestamp? = nil,
        _ change: (inout TraceEntry) -> Void
    ) {
        guard !id.isEmpty else { return }
        if entries[id] == nil {
            // What ends without having begun here belongs to a trace that is gone.
            guard let origin, let time else { return }
            entries[id] = TraceEntry(id: id, start: time, origin: origin)
            order.append(id)
            weight += 1
        }
        guard var entry = entries.removeValue(forKey: id) else { return }
        let before = entry.weight
        if let origin, let time { entry.began(origin, at: time) }
        change(&entry)
        weight += entry.weight - before
        entries[id] = entry
        trim()
    }

    private mutating func trim() {
        while order.count > capacity || weight > mostWeight, order.count > 1, let oldest = order.popFirst() {
            weight -= entries.removeValue(forKey: oldest)?.weight ?? 0
            evicted += 1
        }
    }
}

extension ServiceCall {
    /// What it was about, as a map names it: the table, or the service with the resource.
    var place: String { service == "dynamodb" && !resource.isEmpty ? resource : service }
}

extension Trace.Status {
    static func of(_ call: ServiceCall) -> Trace.Status {
        let code = call.errorCode ?? ""
        if code.contains("Throttl") || code == "ProvisionedThroughputExceededException" || code.contains("TooMany") {
            return .throttled
        }
        return of(http: call.status)
    }

    static func of(_ segment: TraceSegment) -> Trace.Status {
        if segment.isFault { return .fault }
        if segment.isThrottle { return .throttled }
        if segment.isError { return .error }
        return segment.end == nil ? .running : .ok
    }

    static func of(_ record: InvocationRecord) -> Trace.Status {
        switch record.end?.status {
        case nil: .running
        case .success?: .ok
        case .throttled?: .throttled
        case .error?, .timeout?, .crash?, .outOfMemory?: .fault
        }
    }

    static func of(_ status: ExecutionStatus) -> Trace.Status {
        switch status {
        case .running, .pendingRedrive: .running
        case .succeeded: .ok
        case .failed, .timedOut, .aborted: .fault
        }
    }
}
