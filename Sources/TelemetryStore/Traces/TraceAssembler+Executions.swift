import Telemetry

extension TraceAssembler {
    /// An execution with the states that it visited, and their attempts where there was more than one.
    mutating func add(_ record: ExecutionRecord) {
        let segment = TraceHeader(record.start.traceHeader).parent
        var span = Trace.Span(
            id: segment, parentID: record.start.parentID, kind: .execution, name: record.start.machineARN.machineName,
            start: record.startTime, end: record.endTime)
        span.detail = record.start.name
        span.status = Trace.Status.of(record.status)
        if span.isFailure {
            span.error = [record.end?.error, record.end?.cause].compactMap { $0 }.joined(separator: ": ")
        }
        span.reference = .execution(arn: record.start.arn, event: nil)
        add(span)
        for visit in record.progress.visits where !isFull { add(visit, of: record, segment) }
    }

    private mutating func add(_ visit: StateVisit, of record: ExecutionRecord, _ segment: String) {
        let own = TraceHeader.segment(of: visit.enteredEvent, in: segment)
        let parent = visit.parent.map {
            TraceHeader.segment(of: record.progress.visits[$0].enteredEvent, in: segment)
        }
        var span = Trace.Span(
            id: own, parentID: parent ?? segment, kind: .state, name: visit.name, start: visit.entered,
            end: visit.ended ?? record.endTime)
        span.detail = visit.iteration.map { "\(visit.kind) of item \($0)" } ?? visit.kind
        switch visit.status {
        case .running: span.status = record.endTime == nil ? .running : .ok
        case .succeeded: span.status = .ok
        case .caught: span.status = .error
        case .failed, .timedOut, .aborted: span.status = .fault
        }
        if span.isFailure { span.error = [visit.error, visit.cause].compactMap { $0 }.joined(separator: ": ") }
        span.reference = .execution(arn: record.start.arn, event: visit.enteredEvent)
        guard let place = add(span) else { return }
        // The children of a Map run, and what reads its items, name the event that began it.
        if let run = visit.mapRunARN, let event = record.events.first(where: { $0.isStart(ofMapRun: run) }) {
            alias(TraceHeader.segment(of: event.id, in: segment), place)
        }
        // One attempt is the state itself.
        guard visit.attempts.count > 1, !visit.isContainer else {
            for attempt in visit.attempts {
                alias(TraceHeader.segment(of: attempt.scheduledEvent, in: segment), place)
            }
            return
        }
        for (number, attempt) in visit.attempts.enumerated() {
            add(attempt, number: number + 1, of: visit, own, segment, record)
        }
    }

    private mutating func add(
        _ attempt: StateAttempt, number: Int, of visit: StateVisit, _ parent: String, _ segment: String,
        _ record: ExecutionRecord
    ) {
        var span = Trace.Span(
            id: TraceHeader.segment(of: attempt.scheduledEvent, in: segment), parentID: parent, kind: .attempt,
            name: "attempt \(number)", start: attempt.scheduled, end: attempt.ended ?? visit.ended ?? record.endTime)
        span.detail = visit.name
        switch attempt.status {
        case .running: span.status = span.end == nil ? .running : .ok
        case .succeeded: span.status = .ok
        case .failed, .timedOut, .aborted: span.status = .fault
        }
        if span.isFailure { span.error = [attempt.error, attempt.cause].compactMap { $0 }.joined(separator: ": ") }
        span.reference = .execution(arn: record.start.arn, event: attempt.scheduledEvent)
        add(span)
    }
}

extension HistoryEvent {
    fileprivate func isStart(ofMapRun arn: String) -> Bool { type == "MapRunStarted" && text("mapRunArn") == arn }
}
