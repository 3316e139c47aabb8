import JSON
import Telemetry

/// Makes the tree of a trace of its pieces, whatever is missing among them.
struct TraceAssembler {
    /// More are not shown of one trace.
    static let mostSpans = 5000
    /// Deeper ones stand as deep as this.
    private static let deepest = 64

    let id: String
    private(set) var spans: [Trace.Span] = []
    /// Segment → the span that stands for it.
    private var places: [String: Int] = [:]
    /// Invocations that authorizers are.
    private var authorizers: Set<RequestID> = []
    private(set) var omitted: Int

    init(id: String, omitted: Int = 0) {
        self.id = id
        self.omitted = omitted
    }

    var isFull: Bool { spans.count >= Self.mostSpans }

    /// - Returns: its place, before the spans are put in order; `nil` when there are too many.
    @discardableResult
    mutating func add(_ span: Trace.Span) -> Int? {
        guard !isFull else {
            omitted += 1
            return nil
        }
        spans.append(span)
        if !span.id.isEmpty, places[span.id] == nil { places[span.id] = spans.count - 1 }
        return spans.count - 1
    }

    /// Lets a span stand for another segment as well.
    mutating func alias(_ segment: String, _ place: Int) {
        if places[segment] == nil { places[segment] = place }
    }

    // MARK: Pieces

    mutating func add(_ request: APIRequest, at time: Timestamp) {
        let header = TraceHeader(request.traceHeader)
        let end = time + request.latency
        let name = request.route.isEmpty ? "\(request.method) \(request.path)" : request.route
        var span = Trace.Span(
            id: header.parent, parentID: request.parentID, kind: .api, name: request.service, start: time, end: end)
        span.detail = name
        span.status = Trace.Status.of(http: request.status)
        span.httpStatus = request.status
        if span.isFailure { span.error = request.errorMessage ?? "\(request.status)" }
        span.reference = .request(request.requestID)
        span.request = Trace.Request(request)
        let verdict = request.authorizer?.latency ?? .zero
        let asked = min(time + verdict, end)
        let integration = max(end - request.integrationLatency, asked)
        span.parts = [
            Trace.Part(.authorizer, start: time, end: asked), Trace.Part(.gateway, start: asked, end: integration),
            Trace.Part(.integration, start: integration, end: end),
        ].filter { $0.end > $0.start }
        if let invocation = request.authorizer?.invocation { authorizers.insert(invocation) }
        add(span)
    }

    mutating func add(_ record: InvocationRecord) {
        let start = record.start
        var span = Trace.Span(
            id: TraceHeader(start.traceHeader).parent, parentID: start.parentID, kind: .function, name: start.function,
            start: record.startTime)
        span.status = Trace.Status.of(record)
        span.isAsynchronous = start.isAsynchronous
        span.reference = .invocation(start.requestID, function: start.function)
        var details = authorizers.contains(start.requestID) ? ["authorizer"] : []
        if start.attempt > 1 { details.append("attempt \(start.attempt)") }
        if start.isAsynchronous { details.append("async") }
        span.detail = details.joined(separator: ", ")
        if let end = record.end {
            let began = record.startTime + end.queued
            let answered = began + end.duration
            span.end = answered
            if span.isFailure {
                span.error = [end.errorType, end.errorMessage].compactMap { $0 }.joined(separator: ": ")
            }
            let cold = max(began - (end.initDuration ?? .zero), record.startTime)
            span.parts = [
                Trace.Part(.queue, start: record.startTime, end: cold),
                Trace.Part(.coldStart, start: cold, end: began), Trace.Part(.handler, start: began, end: answered),
                Trace.Part(.overhead, start: answered, end: answered + end.overhead),
            ].filter { $0.end > $0.start }
        }
        add(span)
    }

    mutating func add(_ timed: TraceEntry.Call) {
        let call = timed.call
        var span = Trace.Span(
            id: call.spanID, parentID: timed.parent, kind: .call, name: "\(call.service) \(call.operation)",
            start: timed.time, end: timed.time + call.latency)
        span.detail = call.service == "states" ? call.resource.machineName : call.resource
        span.status = Trace.Status.of(call)
        span.httpStatus = call.status
        if span.isFailure { span.error = call.errorCode ?? "\(call.status)" }
        if call.service == "dynamodb", !call.resource.isEmpty { span.reference = .table(call.resource) }
        add(span)
    }

    // MARK: The tree

    mutating func trace() -> Trace {
        var trace = Trace(id: id)
        let parents = resolved()
        var children: [Int: [Int]] = [:]
        var tops: [Int] = []
        for place in spans.indices {
            if let parent = parents[place] { children[parent, default: []].append(place) } else { tops.append(place) }
        }
        func isBefore(_ left: Int, _ right: Int) -> Bool {
            spans[left].start != spans[right].start ? spans[left].start < spans[right].start : left < right
        }
        tops.sort(by: isBefore)
        for parent in children.keys { children[parent]?.sort(by: isBefore) }
        var isPlaced = [Bool](repeating: false, count: spans.count)
        trace.spans.reserveCapacity(spans.count)
        func place(from top: Int) {
            var waiting: [(place: Int, parent: Int?, depth: Int)] = [(top, nil, 0)]
            while let (index, parent, depth) = waiting.popLast() {
                guard !isPlaced[index] else { continue }
                isPlaced[index] = true
                var span = spans[index]
                (span.parent, span.depth) = (parent, min(depth, Self.deepest))
                span.isOrphan = parent == nil && !span.parentID.isEmpty && !trace.spans.isEmpty
                if let parent {
                    let cause = trace.spans[parent]
                    span.isSkewed = span.start < cause.start
                    if span.kind == .execution, cause.kind == .call { span.isAsynchronous = true }
                }
                trace.spans.append(span)
                let here = trace.spans.count - 1
                for child in (children[index] ?? []).reversed() { waiting.append((child, here, depth + 1)) }
            }
        }
        for top in tops { place(from: top) }
        // Spans that name each other as their cause.
        for index in spans.indices where !isPlaced[index] { place(from: index) }
        trace.omitted = omitted
        return trace
    }

    private func resolved() -> [Int?] {
        spans.indices.map { index in
            let parent = spans[index].parentID
            guard !parent.isEmpty, let place = places[parent], place != index else { return nil }
            return place
        }
    }
}
