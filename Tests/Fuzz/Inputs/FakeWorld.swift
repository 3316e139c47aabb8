import JSON
import StatesLanguage
import Telemetry

/// Answers what executions ask by chance: in any order, twice, late or never.
struct FakeWorld {
    var random: FuzzRandom
    private var now = Timestamp(microseconds: 1_000_000)
    private var tasks: [TaskID] = []
    private var mapRuns: [TaskID] = []
    private var timers: [(id: TimerID, time: Timestamp)] = []
    private var mustResume = false

    init(_ random: FuzzRandom) { self.random = random }

    mutating func run(_ definition: StateMachineDefinition, isExpress: Bool) {
        let identity = ExecutionIdentity(
            arn: "arn:aws:states:us-east-1:123456789012:execution:m:e", name: "e", roleARN: "r", started: now,
            machineARN: "arn:aws:states:us-east-1:123456789012:stateMachine:m", machineName: "m", isExpress: isExpress)
        let input: JSON = random.once(in: 2) ? Trial.document : [1, ["a": [1, 2]], "x"]
        var execution = Execution(definition: definition, identity: identity, input: input, seed: random.next())
        take(execution.handle(.start, at: now))
        for _ in 0..<200 {
            guard let stimulus = next(execution.status) else { break }
            now = now + .milliseconds(Int64(random.below(500)))
            take(execution.handle(stimulus, at: now))
        }
        take(execution.handle(.stop(error: nil, cause: "enough"), at: now))
    }

    private mutating func take(_ actions: [Action]) {
        for action in actions {
            switch action {
            case .runTask(let request): tasks.append(request.id)
            case .cancelTask(let id): if !random.once(in: 4) { tasks.removeAll { $0 == id } }
            case .startTimer(let id, let time): timers.append((id, time))
            case .cancelTimer(let id): if !random.once(in: 4) { timers.removeAll { $0.id == id } }
            case .startMapRun(let request): mapRuns.append(request.id)
            case .cancelMapRun(let id): mapRuns.removeAll { $0 == id }
            case .yield: mustResume = true
            case .end: break
            }
        }
    }

    private mutating func next(_ status: ExecutionStatus) -> Stimulus? {
        if mustResume {
            mustResume = false
            return .resume
        }
        if status != .running, random.once(in: 2) { return random.once(in: 3) ? .redrive : nil }
        switch random.below(12) {
        case 0 where random.once(in: 20): return .stop(error: "Stopped", cause: nil)
        case 1, 2, 3: return timer() ?? task()
        case 4: return mapRun() ?? task()
        default: return task() ?? mapRun() ?? timer()
        }
    }

    private mutating func timer() -> Stimulus? {
        guard !timers.isEmpty else { return nil }
        let timer = timers.remove(at: random.below(timers.count))
        now = max(now, timer.time)
        return .timerFired(timer.id)
    }

    private mutating func task() -> Stimulus? {
        guard !tasks.isEmpty else { return nil }
        let place = random.below(tasks.count)
        let id = tasks[place]
        if !random.once(in: 6) { tasks.remove(at: place) }
        switch random.below(8) {
        case 0: return .taskStarted(id, workerName: "w")
        case 1: return .taskNotStarted(id, TaskFailure("E", "not started"))
        case 2: return .taskSubmitted(id, output: ["s": 1])
        case 3: return .taskSubmitFailed(id, TaskFailure("States.TaskFailed", "refused"))
        case 4: return .heartbeat(id)
        case 5: return .taskFailed(id, TaskFailure(random.pick(["E", "States.Timeout", "States.Runtime"]), "failed"))
        default: return .taskSucceeded(id, output: random.once(in: 2) ? Trial.document : [1, 2])
        }
    }

    private mutating func mapRun() -> Stimulus? {
        guard !mapRuns.isEmpty else { return nil }
        let place = random.below(mapRuns.count)
        let id = mapRuns[place]
        if !random.once(in: 3) { mapRuns.remove(at: place) }
        switch random.below(4) {
        case 0: return .mapRunStarted(id, mapRunARN: "arn:aws:states:us-east-1:123456789012:mapRun:m/l:1")
        case 1: return .mapRunFailed(id, TaskFailure("States.ExceedToleratedFailureThreshold", "too many"))
        default: return .mapRunSucceeded(id, output: [1])
        }
    }
}
