import AWSCore
import JSON
import StatesLanguage
import Synchronization
import Telemetry

/// A run of a distributed Map: each item, or each batch of items, is an execution of its own.
final class MapRun: Sendable {
    let arn: String
    let request: MapRunRequest
    let parent: ExecutionRunner
    let started: Timestamp
    /// Of all children.
    let definitionText: String
    let state: Mutex<State>
    /// Children at the same time where the state names no limit.
    static let usualConcurrency = 1000

    struct State {
        var status = ExecutionStatus.running
        var stopped: Timestamp?
        /// Whom to tell how it ends; another one after a redrive.
        var task: TaskID
        var children: [Child] = []
        /// Places in ``children`` that have not begun, the last one first.
        var waiting: [Int] = []
        var running = 0
        var isLaunching = false
        var mustLook = false
        var isCompleting = false
        var failedItems = 0
        var totalItems = 0
        var maxConcurrency: Int
        var toleratedCount: Int
        var toleratedPercentage: Double
        var redriveCount = 0
        var redriven: Timestamp?
        var hasResultsWritten = false
    }

    struct Child: Sendable {
        var input: JSON
        var item: JSON
        var itemCount: Int
        var status: ExecutionStatus?
        var outcome: ExecutionOutcome?
        var arn: String?
    }

    init(_ request: MapRunRequest, of parent: ExecutionRunner) {
        self.request = request
        self.parent = parent
        definitionText = request.processor.source.text
        started = parent.world.clock.now()
        let id = StableID(of: "\(parent.arn)/\(request.id.eventID)").text
        arn = Self.resource("mapRun", of: parent, label: request.label, rest: id)
        state = Mutex(
            State(
                task: request.id, maxConcurrency: request.maxConcurrency,
                toleratedCount: request.toleratedFailureCount,
                toleratedPercentage: request.toleratedFailurePercentage))
    }

    static func resource(_ type: String, of parent: ExecutionRunner, label: String, rest: String) -> String {
        guard var arn = ARN(parent.record.identity.machineARN) else { return "" }
        let name = parent.record.identity.machineName
        arn.resource = "\(type):\(name)/\(label)" + (rest.isEmpty ? "" : ":\(rest)")
        return arn.description
    }

    var world: Workflows { parent.world }

    // MARK: Running

    /// - Returns: stops the run.
    func start(announces: Bool) -> @Sendable () -> Void {
        if announces { parent.post(.mapRunStarted(request.id, mapRunARN: arn)) }
        let task = Task {
            do throws(TaskFailure) {
                let children = try await MapItems(run: self).children()
                state.withLock { state in
                    state.children = children
                    state.totalItems = children.reduce(0) { $0 + $1.itemCount }
                    state.waiting = Array(children.indices.reversed())
                }
                goOn()
            } catch {
                finish(.failed, error)
            }
        }
        return { [weak self] in
            task.cancel()
            self?.abort()
        }
    }

    /// Starts as many children as may run; ends the run after the last one.
    func goOn() {
        guard beginLaunching() else { return }
        repeat {
            while let (place, child) = next() { launch(place, child) }
        } while mustLookAgain()
        let isDone = state.withLock { state in
            guard state.status == .running, state.waiting.isEmpty, state.running == 0, !state.isCompleting else {
                return false
            }
            state.isCompleting = true
            return true
        }
        if isDone { Task { await self.complete() } }
    }

    /// One caller launches at a time; others only leave word, so that children that end at once do not pile up calls.
    private func beginLaunching() -> Bool {
        state.withLock { state in
            defer { state.isLaunching = true }
            if state.isLaunching { state.mustLook = true }
            return !state.isLaunching
        }
    }

    private func mustLookAgain() -> Bool {
        state.withLock { state in
            state.isLaunching = state.mustLook
            defer { state.mustLook = false }
            return state.mustLook
        }
    }

    private func next() -> (Int, Child)? {
        state.withLock { state in
            let limit = state.maxConcurrency == 0 ? Self.usualConcurrency : state.maxConcurrency
            guard state.status == .running, state.running < limit, let place = state.waiting.popLast() else {
                return nil
            }
            state.running += 1
            state.children[place].status = .running
            return (place, state.children[place])
        }
    }

    private func launch(_ place: Int, _ child: Child) {
        let record = record(place, child)
        state.withLock { $0.children[place].arn = record.arn }
        let runner = ExecutionRunner(record, world: world)
        guard let known = world.executions.insert(runner) else {
            runner.whenEnded { [weak self] outcome in self?.ended(place, outcome) }
            Task { await world.launch(runner) }
            return
        }
        let isRedriven = state.withLock { $0.redriveCount > 0 } && known.facts.outcome != nil
        guard isRedriven, known.isRedrivable(known.facts.status) else {
            return known.whenEnded { [weak self] outcome in self?.ended(place, outcome) }
        }
        Task {
            _ = await known.redrive()
            known.whenEnded { [weak self] outcome in self?.ended(place, outcome) }
        }
    }

    func ended(_ place: Int, _ outcome: ExecutionOutcome) {
        let isOver = state.withLock { state -> Bool in
            guard state.children[place].outcome == nil else { return false }
            state.children[place].outcome = outcome
            state.children[place].status = outcome.status
            state.running -= 1
            if outcome.status != .succeeded { state.failedItems += state.children[place].itemCount }
            return state.status == .running && state.exceedsTolerance
        }
        guard isOver else { return goOn() }
        finish(
            .failed,
            TaskFailure(
                "States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded"))
        stopChildren()
    }

    private func complete() async {
        let children = state.withLock { $0.status == .running ? $0.children : nil }
        guard let children else { return }
        do throws(TaskFailure) {
            let output = try await MapResults(run: self, children: children).output()
            finish(.succeeded, output)
        } catch {
            finish(.failed, error)
        }
    }

    // MARK: Ending

    private func finish(_ status: ExecutionStatus, _ output: JSON) {
        if let task = close(status) { parent.post(.mapRunSucceeded(task, output: output)) }
    }

    private func finish(_ status: ExecutionStatus, _ failure: TaskFailure) {
        if let task = close(status) { parent.post(.mapRunFailed(task, failure)) }
    }

    /// - Returns: whom to tell; `nil` when the run had ended.
    private func close(_ status: ExecutionStatus) -> TaskID? {
        state.withLock { state in
            guard state.status == .running else { return nil }
            state.status = status
            state.stopped = world.clock.now()
            return state.task
        }
    }

    private func abort() {
        if close(.aborted) != nil { stopChildren() }
    }

    private func stopChildren() {
        let running = state.withLock { state in state.children.filter { $0.status == .running }.compactMap(\.arn) }
        for arn in running { world.executions[arn]?.post(.stop(error: nil, cause: nil)) }
    }

    /// Goes on with the children that did not succeed.
    func redrive(as task: TaskID) -> @Sendable () -> Void {
        state.withLock { state in
            state.status = .running
            state.stopped = nil
            state.task = task
            state.redriveCount += 1
            state.redriven = world.clock.now()
            state.running = 0
            state.failedItems = 0
            state.isCompleting = false
            state.waiting = state.children.indices.reversed().filter { state.children[$0].status != .succeeded }
            for place in state.waiting {
                state.children[place].outcome = nil
                state.children[place].status = nil
            }
        }
        parent.post(.mapRunStarted(task, mapRunARN: arn))
        if state.withLock({ $0.children.isEmpty }) { return start(announces: false) }
        goOn()
        return { [weak self] in self?.abort() }
    }
}

extension MapRun.State {
    /// Whether more children failed than the state tolerates.
    var exceedsTolerance: Bool {
        guard failedItems > 0 else { return false }
        if toleratedCount > 0, failedItems > toleratedCount { return true }
        if toleratedPercentage > 0, Double(failedItems) * 100 > toleratedPercentage * Double(totalItems) { return true }
        return toleratedCount == 0 && toleratedPercentage == 0
    }
}
