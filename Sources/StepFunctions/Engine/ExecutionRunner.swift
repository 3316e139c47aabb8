import JSON
import StatesLanguage
import Synchronization
import Telemetry

/// The world around one execution: brings it stimuli one after another and does what it asks.
///
/// No state costs a hop: a stimulus is handled under a lock by whichever thread is free.
final class ExecutionRunner: Sendable {
    let record: ExecutionRecord
    let world: Workflows
    private let inbox = Mutex(Inbox())
    let state: Mutex<State>

    private struct Inbox {
        var waiting: [Item] = []
        /// A task takes from the inbox.
        var isDraining = false
    }

    struct Item {
        var stimulus: Stimulus
        var invocation: RequestID?
        /// Resumed when the stimulus was handled and its actions are under way.
        var done: CheckedContinuation<Void, Never>?
    }

    struct State {
        /// `nil` once an execution has ended for good: its history is all that is asked for.
        var execution: Execution?
        /// Only when there is no execution any more.
        var history: [HistoryEvent] = []
        var isArchived = false
        var status = ExecutionStatus.running
        var outcome: ExecutionOutcome?
        var stopped: Timestamp?
        var last: Timestamp
        var redriveCount = 0
        var redriven: Timestamp?
        /// How many events telemetry has.
        var emitted = 0
        /// A guess at the memory that the history takes.
        var bytes = 0
        var timers: [TimerID: @Sendable () -> Void] = [:]
        var tasks: [TaskID: @Sendable () -> Void] = [:]
        var enders: [@Sendable (ExecutionOutcome) -> Void] = []
    }

    init(_ record: ExecutionRecord, world: Workflows) {
        self.record = record
        self.world = world
        state = Mutex(State(execution: record.makeExecution(), last: record.identity.started))
    }

    var arn: String { record.arn }

    // MARK: Stimuli

    func post(_ stimulus: Stimulus, invocation: RequestID? = nil) {
        post(Item(stimulus: stimulus, invocation: invocation))
    }

    /// Returns when the stimulus was handled.
    func deliver(_ stimulus: Stimulus) async {
        await withCheckedContinuation { done in post(Item(stimulus: stimulus, done: done)) }
    }

    private func post(_ item: Item) {
        let mustDrain = inbox.withLock { inbox in
            inbox.waiting.append(item)
            if inbox.isDraining { return false }
            inbox.isDraining = true
            return true
        }
        guard mustDrain else { return }
        Task { await self.drain() }
    }

    private func take() -> [Item]? {
        inbox.withLock { inbox in
            guard !inbox.waiting.isEmpty else {
                inbox.isDraining = false
                return nil
            }
            defer { inbox.waiting = [] }
            return inbox.waiting
        }
    }

    private func drain() async {
        while let items = take() {
            let turn = handle(items)
            if world.journal.isDurable, !record.isExpress {
                world.journal.append(arn, turn.entries)
                await world.journal.commit()
            }
            emit(turn)
            perform(turn.actions)
            for item in items { item.done?.resume() }
            // The next part of a long execution lets others go first.
            if turn.actions.contains(.yield) { await Task.yield() }
        }
    }

    /// What came of some stimuli.
    struct Turn {
        var entries: [JournalEntry] = []
        var actions: [Action] = []
        var events: ArraySlice<HistoryEvent> = []
        var invocations: [Int: RequestID] = [:]
    }

    private func handle(_ items: [Item]) -> Turn {
        state.withLock { state in
            var turn = Turn()
            for item in items {
                state.last = max(state.last, world.clock.now())
                turn.entries.append(JournalEntry(item.stimulus, state.last, invocation: item.invocation))
                if let task = item.stimulus.taskID {
                    if item.stimulus.endsTask { state.tasks[task] = nil }
                    if let invocation = item.invocation { turn.invocations[task.eventID] = invocation }
                }
                if case .timerFired(let timer) = item.stimulus { state.timers[timer] = nil }
                turn.actions += state.execution?.handle(item.stimulus, at: state.last) ?? []
            }
            turn.events = state.newEvents()
            return turn
        }
    }

    // MARK: Actions

    private func perform(_ actions: [Action]) {
        for action in actions {
            switch action {
            case .runTask(let request): run(request)
            case .cancelTask(let id), .cancelMapRun(let id): cancel(id)
            case .startTimer(let id, let time): startTimer(id, at: time)
            case .cancelTimer(let id): state.withLock { $0.timers.removeValue(forKey: id) }?()
            case .startMapRun(let request): start(request)
            case .yield: post(.resume)
            case .end(let outcome): end(outcome)
            }
        }
    }

    func startTimer(_ id: TimerID, at time: Timestamp) {
        let cancel = world.clock.schedule(at: time) { [weak self] in self?.post(.timerFired(id)) }
        state.withLock { $0.timers[id] = cancel }
    }

    func run(_ request: TaskRequest, from point: ResumePoint = .fresh) {
        let cancel = world.tasks.start(TaskCall(request: request, runner: self, point: point))
        state.withLock { $0.tasks[request.id] = cancel }
    }

    func start(_ request: MapRunRequest, from point: ResumePoint = .fresh) {
        let cancel = world.mapRuns.start(request, of: self, from: point)
        state.withLock { $0.tasks[request.id] = cancel }
    }

    private func cancel(_ id: TaskID) { state.withLock { $0.tasks.removeValue(forKey: id) }?() }

    func end(_ outcome: ExecutionOutcome) {
        let (left, enders, bytes) = state.withLock { state in
            let left = Array(state.timers.values) + Array(state.tasks.values)
            state.timers = [:]
            state.tasks = [:]
            state.outcome = outcome
            state.status = outcome.status
            state.stopped = state.last
            let enders = state.enders
            state.enders = []
            if !isRedrivable(outcome.status), let execution = state.execution {
                state.history = execution.history
                state.execution = nil
            }
            return (left, enders, state.bytes)
        }
        for cancel in left { cancel() }
        world.ended(self, outcome, bytes: bytes)
        for ender in enders { ender(outcome) }
    }

    func isRedrivable(_ status: ExecutionStatus) -> Bool { !record.isExpress && status != .succeeded }

    /// Tells once how the execution ends; at once when it has.
    func whenEnded(_ body: @escaping @Sendable (ExecutionOutcome) -> Void) {
        let outcome = state.withLock { state -> ExecutionOutcome? in
            if let outcome = state.outcome { return outcome }
            state.enders.append(body)
            return nil
        }
        if let outcome { body(outcome) }
    }

    func outcome() async -> ExecutionOutcome {
        await withCheckedContinuation { done in whenEnded { done.resume(returning: $0) } }
    }
}

extension ExecutionRunner.State {
    /// Events that telemetry has not got yet.
    mutating func newEvents() -> ArraySlice<HistoryEvent> {
        guard let execution else { return [] }
        let events = execution.history[min(emitted, execution.history.count)...]
        emitted = execution.history.count
        for event in events { bytes += event.approximateBytes }
        return events
    }
}
