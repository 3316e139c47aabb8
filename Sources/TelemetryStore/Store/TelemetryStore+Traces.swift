import JSON
package import Telemetry

extension TelemetryStore {
    /// One trace as a tree; `nil` when nothing of it is known.
    package func trace(_ id: String) -> Trace? {
        guard let entry = traces[id] else { return nil }
        return assembled(entry)
    }

    private func assembled(_ entry: TraceEntry) -> Trace {
        var assembler = TraceAssembler(id: entry.id, omitted: entry.omitted)
        for number in entry.requests {
            if let record = apis[number: number] { assembler.add(record.request, at: record.time) }
        }
        for arn in entry.executions {
            if let record = executions[arn] { assembler.add(record) }
        }
        for number in entry.invocations {
            if let record = invocations[number: number] { assembler.add(record) }
        }
        for segment in entry.segments { assembler.add(segment) }
        for call in entry.calls { assembler.add(call) }
        return assembler.trace()
    }

    /// The trace and the span of an invocation.
    package func tracePlace(of invocation: RequestID) -> TracePlace? {
        guard let record = invocations[invocation] else { return nil }
        let header = TraceHeader(record.start.traceHeader)
        return header.root.isEmpty ? nil : TracePlace(id: header.root, span: header.parent)
    }

    /// Newest first.
    package func traces(_ query: TraceQuery) -> TracePage {
        var page = TracePage()
        page.offset = query.offset
        let words = query.words.lowercased()
        for id in traces.order.reversed() {
            guard let entry = traces[id] else { continue }
            if let window = query.window, !window.contains(entry.start) { continue }
            guard query.kind == nil || entry.kind == query.kind else { continue }
            guard query.slowerThan.map({ entry.end - entry.start >= $0 }) ?? true else { continue }
            guard words.isEmpty || matches(entry, words) else { continue }
            page.all += 1
            let (hasFailed, isRunning) = (entry.worst != .ok, entry.open > 0)
            if hasFailed { page.failed += 1 }
            if isRunning { page.running += 1 }
            switch query.filter {
            case .failed where !hasFailed, .running where !isRunning: continue
            default: break
            }
            page.matching += 1
            guard page.matching > query.offset, page.rows.count < query.limit else { continue }
            page.rows.append(row(entry))
        }
        return page
    }

    private func matches(_ entry: TraceEntry, _ words: String) -> Bool {
        if entry.id.contains(words) || entry.error?.lowercased().contains(words) == true { return true }
        if entry.services.contains(where: { $0.lowercased().contains(words) }) { return true }
        guard case .request(let number) = entry.origin, let request = apis[number: number]?.request else {
            return false
        }
        return "\(request.method) \(request.path)".lowercased().contains(words)
    }

    private func row(_ entry: TraceEntry) -> TraceRow {
        var row = TraceRow(
            id: entry.id, kind: entry.kind, name: entry.services.first ?? entry.id, start: entry.start,
            duration: entry.end - entry.start, isRunning: entry.open > 0, status: entry.open > 0 ? .running : .ok,
            responseTime: entry.end - entry.start, worst: entry.worst, spanCount: spanCount(entry),
            services: entry.services)
        row.error = entry.error
        switch entry.origin {
        case .request(let number):
            guard let request = apis[number: number]?.request else { break }
            row.name = "\(request.method) \(request.path)"
            (row.status, row.httpStatus) = (Trace.Status.of(http: request.status), request.status)
            (row.responseTime, row.method, row.path) = (request.latency, request.method, request.url)
            row.clientIP = request.sourceIP
        case .invocation(let number):
            guard let record = invocations[number: number] else { break }
            (row.name, row.status) = (record.start.function, Trace.Status.of(record))
            if let end = record.end { row.responseTime = end.queued + end.duration }
        case .execution(let arn):
            guard let record = executions[arn] else { break }
            row.name = "\(record.start.machineARN.machineName) › \(record.start.name)"
            row.status = Trace.Status.of(record.status)
        case .call(let place):
            guard entry.calls.indices.contains(place) else { break }
            let call = entry.calls[place].call
            (row.name, row.status) = ("\(call.service) \(call.operation)", Trace.Status.of(call))
            row.responseTime = call.latency
        case .segment(let id):
            guard let segment = entry.segments.first(where: { $0.id == id }) else { break }
            (row.name, row.status) = (segment.name, Trace.Status.of(segment))
            if let end = segment.end { row.responseTime = end - segment.start }
            row.httpStatus = segment.document["http"]?["response"]?["status"]?.int
            row.method = segment.document["http"]?["request"]?["method"]?.string
            row.path = segment.document["http"]?["request"]?["url"]?.string
        }
        if let name = entryName(entry) { row.services = [name] + row.services.filter { $0 != name } }
        row.annotations = entry.annotations
        return row
    }

    /// The service that the trace began with.
    private func entryName(_ entry: TraceEntry) -> String? {
        switch entry.origin {
        case .request(let number): apis[number: number]?.request.service
        case .invocation(let number): invocations[number: number]?.start.function
        case .execution(let arn): executions[arn]?.start.machineARN.machineName
        case .call: nil
        case .segment(let id): entry.segments.first { $0.id == id }?.name
        }
    }

    private func spanCount(_ entry: TraceEntry) -> Int {
        let states = entry.executions.reduce(0) { count, arn in
            guard let visits = executions[arn]?.progress.visits else { return count }
            return count
                + visits.reduce(0) { $0 + 1 + ($1.attempts.count > 1 && !$1.isContainer ? $1.attempts.count : 0) }
        }
        return entry.requests.count + entry.invocations.count + entry.executions.count + entry.calls.count
            + entry.segments.count + states
    }

    /// At most a second old: who looks at it live asks ten times as often.
    package func serviceMap(_ window: TimeWindow) -> ServiceMap {
        if let known = latestMap, known.window.length == window.length,
            window.end >= known.window.end, window.end - known.window.end < .seconds(1)
        {
            return known
        }
        let map = mapped(window)
        latestMap = map
        return map
    }

    /// Who called whom, of the newest traces that began in the window.
    package func mapped(_ window: TimeWindow) -> ServiceMap {
        var builder = ServiceMapBuilder()
        var isPartial = false
        for id in traces.order.reversed() {
            guard let entry = traces[id], window.contains(entry.start) else { continue }
            guard builder.traces < Self.mostMappedTraces else {
                isPartial = true
                break
            }
            builder.add(assembled(entry))
        }
        var map = builder.map(window)
        map.isPartial = isPartial
        return map
    }

    /// Who called whom in some traces.
    package func serviceMap(of ids: [String], window: TimeWindow) -> ServiceMap {
        var builder = ServiceMapBuilder()
        for id in ids {
            if let trace = trace(id) { builder.add(trace) }
        }
        return builder.map(window)
    }

    /// What a map is made of in a few hundredths of a second.
    private static let mostMappedTraces = 2000
}

/// Where in which trace something is.
package struct TracePlace: Hashable, Sendable {
    package var id: String
    package var span: String

    package init(id: String, span: String) {
        self.id = id
        self.span = span
    }
}

extension TraceEntry {
    var kind: Trace.Kind {
        switch origin {
        case .request: .api
        case .invocation: .function
        case .execution: .execution
        case .call: .call
        case .segment: .segment
        }
    }

    var annotations: [TraceRow.Annotation] {
        segments.flatMap { segment in
            (segment.document["annotations"]?.object ?? JSONObject()).map { TraceRow.Annotation(name: $0, value: $1) }
        }
    }
}
