import Telemetry

extension HistoryProgress {
    /// What an event opens: the branches of a Parallel, or an iteration.
    struct Start: Hashable, Sendable {
        var visit: Int
        var iteration: Int?
    }

    mutating func applyIteration(_ event: HistoryEvent, _ before: Int?) -> Int? {
        let name = event.stateName
        let found = climb(from: before) { $0.kind == "Map" && (name == nil || $0.name == name) }
        // Far more items than a history has events would be an attack on the memory.
        guard let map = found ?? name.flatMap({ latest[$0] }), let index = event.number("index"),
            (0..<100_000).contains(index)
        else { return found }
        if event.type == "MapIterationStarted" {
            starts[event.id] = Start(visit: map, iteration: index)
            start(index, of: map, event)
            return map
        }
        guard visits[map].iterations.indices.contains(index) else { return map }
        visits[map].iterations[index].ended = event.time
        visits[map].iterations[index].status = Self.iterationStatus(event.type)
        guard event.type != "MapIterationSucceeded" else { return map }
        fail(from: before ?? map, to: map, at: event.time)
        return map
    }

    private mutating func start(_ index: Int, of map: Int, _ event: HistoryEvent) {
        let count = visits[map].iterations.count
        if index >= count {
            let blank = MapIteration(started: event.time, event: 0)
            visits[map].iterations += Array(repeating: blank, count: index - count + 1)
        }
        visits[map].iterations[index] = MapIteration(started: event.time, event: event.id)
    }

    private static func iterationStatus(_ type: String) -> StateVisit.Status {
        switch type {
        case "MapIterationSucceeded": .succeeded
        case "MapIterationFailed": .failed
        default: .aborted
        }
    }

    mutating func applyMapRun(_ event: HistoryEvent, _ before: Int?) -> Int? {
        guard let before else { return nil }
        if let arn = event.text("mapRunArn") { visits[before].mapRunARN = arn }
        if event.type == "MapRunFailed" { fail(before, event) }
        return before
    }

    private mutating func fail(_ visit: Int, _ event: HistoryEvent) {
        (visits[visit].error, visits[visit].cause, visits[visit].failureEvent) = (event.error, event.cause, event.id)
    }

    mutating func applyTask(_ event: HistoryEvent, _ before: Int?) -> Int? {
        let named = event.type == "EvaluationFailed" ? event.text("state").flatMap { latest[$0] } : nil
        guard let visit = named ?? before else { return nil }
        switch event.type.taskStep {
        case .scheduled:
            (visits[visit].error, visits[visit].cause, visits[visit].failureEvent) = (nil, nil, nil)
            visits[visit].attempts.append(StateAttempt(scheduled: event.time, event: event.id))
        case .started: change(visit) { if $0.started == nil { $0.started = event.time } }
        case .succeeded: change(visit) { $0.close(.succeeded, event) }
        case .failed:
            fail(visit, event)
            change(visit) { $0.close(.failed, event) }
        case .timedOut:
            fail(visit, event)
            change(visit) { $0.close(.timedOut, event) }
        case nil: break
        }
        return visit
    }

    private mutating func change(_ visit: Int, _ change: (inout StateAttempt) -> Void) {
        guard let last = visits[visit].attempts.indices.last else { return }
        change(&visits[visit].attempts[last])
    }
}

extension StateAttempt {
    var hasFailed: Bool { status == .failed || status == .timedOut }

    mutating func close(_ status: Status, _ event: HistoryEvent) {
        // What follows a failure (`EvaluationFailed` after the answer) may turn an attempt into a failed one.
        (self.status, ended, endEvent) = (status, event.time, event.id)
        (error, cause) = (event.error, event.cause)
    }
}

private enum TaskStep {
    case scheduled, started, succeeded, failed, timedOut
}

extension String {
    fileprivate var taskStep: TaskStep? {
        if hasSuffix("ScheduleFailed") || hasSuffix("StartFailed") || hasSuffix("SubmitFailed") { return .failed }
        if hasSuffix("Scheduled") { return .scheduled }
        if hasSuffix("Started") { return .started }
        if hasSuffix("Succeeded") { return .succeeded }
        if hasSuffix("TimedOut") { return .timedOut }
        return hasSuffix("Failed") ? .failed : nil
    }
}
