import Telemetry

extension HistoryProgress {
    mutating func applyExecution(_ event: HistoryEvent, _ before: Int?) -> Int? {
        switch event.type {
        case "ExecutionStarted": return nil
        case "ExecutionRedriven":
            (status, ended, error, cause) = (.running, nil, nil, nil)
            let again = failed
            if let failed { reopen(failed) }
            failed = nil
            return again
        case "ExecutionSucceeded": finish(.succeeded, event)
        case "ExecutionFailed": finish(.failed, event)
        case "ExecutionTimedOut": finish(.timedOut, event)
        case "ExecutionAborted": finish(.aborted, event)
        default: break
        }
        return before
    }

    private mutating func finish(_ status: ExecutionStatus, _ event: HistoryEvent) {
        (self.status, ended, error, cause) = (status, event.time, event.error, event.cause)
        guard status != .succeeded else { return closeAll(.succeeded, at: event.time) }
        let culprit = status == .failed ? culprit(event) : nil
        if let culprit {
            if visits[culprit].error == nil {
                (visits[culprit].error, visits[culprit].cause) = (event.error, event.cause)
            }
            failed = culprit
            var place: Int? = culprit
            while let index = place {
                end(index, .failed, at: event.time)
                place = visits[index].parent
            }
        }
        closeAll(status == .timedOut ? .timedOut : .aborted, at: event.time)
    }

    /// The innermost visit that failed: the one of the event before, or the last one that failed inside of it.
    private func culprit(_ event: HistoryEvent) -> Int? {
        let before = visit(ofEvent: event.previousID) ?? active
        guard let before else { return nil }
        let inner = visits.indices.last { index in
            visits[index].error != nil && visits[index].status != .caught
                && climb(from: index) { $0.index == before } != nil
        }
        return inner ?? before
    }

    private mutating func closeAll(_ status: StateVisit.Status, at time: Timestamp) {
        for index in open.sorted() { end(index, status, at: time) }
    }

    /// A redriven execution goes on where it failed.
    private mutating func reopen(_ visit: Int) {
        var place: Int? = visit
        while let index = place {
            visits[index].status = .running
            (visits[index].ended, visits[index].exitedEvent) = (nil, nil)
            open.insert(index)
            place = visits[index].parent
        }
    }

    mutating func enter(_ event: HistoryEvent, _ before: Int?) -> Int? {
        let (parent, iteration) = scope(after: event.previousID, before)
        let isOutside = iteration == nil && (parent.map { visits[$0].isOutside } ?? true)
        let visit = StateVisit(
            index: visits.count, name: event.stateName ?? "?", kind: String(event.type.dropLast("StateEntered".count)),
            parent: parent, iteration: iteration, isOutside: isOutside,
            previous: starts[event.previousID] == nil ? before : nil, enteredEvent: event.id, entered: event.time)
        visits.append(visit)
        open.insert(visit.index)
        latest[visit.name] = visit.index
        if isOutside { outline.append(visit.index) }
        // Nothing leaves a Succeed or Fail state but the end of what is around it.
        if visit.kind == "Fail" { visits[visit.index].failureEvent = event.id }
        return visit.index
    }

    /// What is around the state that is entered after an event.
    private func scope(after previous: Int, _ before: Int?) -> (parent: Int?, iteration: Int?) {
        guard let before else { return (nil, nil) }
        if let started = starts[previous] {
            return (started.visit, started.iteration)
        }
        return (visits[before].parent, visits[before].iteration)
    }

    mutating func exit(_ event: HistoryEvent, _ before: Int?) -> Int? {
        let name = event.stateName
        guard
            let index = climb(from: before, { $0.name == name && $0.exitedEvent == nil })
                ?? name.flatMap({ latest[$0] })
        else { return nil }
        visits[index].exitedEvent = event.id
        let hasFailed = visits[index].failureEvent != nil || (visits[index].attempts.last.map { $0.hasFailed } ?? false)
        end(index, hasFailed ? .caught : .succeeded, at: event.time)
        if visits[index].isContainer {
            for child in open.sorted() where climb(from: visits[child].parent, { $0.index == index }) != nil {
                end(child, .aborted, at: event.time)
            }
        }
        return index
    }

    mutating func end(_ index: Int, _ status: StateVisit.Status, at time: Timestamp) {
        guard open.remove(index) != nil else { return }
        visits[index].status = status
        visits[index].ended = time
        guard let last = visits[index].attempts.indices.last, visits[index].attempts[last].isOpen else { return }
        visits[index].attempts[last].ended = time
        visits[index].attempts[last].status =
            status == .timedOut ? .timedOut : status == .succeeded ? .succeeded : .aborted
    }

    mutating func applyContainer(_ event: HistoryEvent, _ before: Int?) -> Int? {
        let kind = event.type.hasPrefix("Map") ? "Map" : "Parallel"
        guard !event.type.hasSuffix("Started") else {
            guard let before else { return nil }
            if event.type == "MapStateStarted" { visits[before].length = event.number("length") }
            // A container that is tried again starts over.
            settled.remove(before)
            visits[before].iterations = []
            (visits[before].error, visits[before].cause, visits[before].failureEvent) = (nil, nil, nil)
            visits[before].attempts.append(StateAttempt(scheduled: event.time, event: event.id))
            starts[event.id] = Start(visit: before, iteration: nil)
            return before
        }
        guard let index = climb(from: before, { $0.kind == kind && !settled.contains($0.index) }) else { return before }
        settled.insert(index)
        if let last = visits[index].attempts.indices.last {
            visits[index].attempts[last].close(event.type.hasSuffix("Succeeded") ? .succeeded : .failed, event)
        }
        switch event.type {
        case "MapStateFailed", "ParallelStateFailed":
            visits[index].failureEvent = event.id
            let inner = before.map { visits[$0] }
            visits[index].error = event.error ?? inner?.error
            visits[index].cause = event.cause ?? inner?.cause
            if let before, before != index { fail(from: before, to: index, at: event.time) }
        case "MapStateAborted", "ParallelStateAborted": end(index, .aborted, at: event.time)
        default: break
        }
        return index
    }

    /// What failed inside takes what is around it along, up to the container.
    mutating func fail(from visit: Int, to container: Int, at time: Timestamp) {
        var place: Int? = visit
        while let index = place, index != container {
            end(index, .failed, at: time)
            place = visits[index].parent
        }
    }
}
