import JSON
import StatesLanguage
import Telemetry

/// Runs an execution against a table of answers, on a clock that jumps to the next timer.
struct FakeWorld {
    enum Answer {
        case output(JSON)
        case failure(String, String)
        /// Gives back what came in.
        case echo
        case never
        /// Done after so many seconds.
        case after(Int64, JSON)
    }

    /// By resource; each attempt takes the next answer, the last one stays.
    var answers: [String: [Answer]] = [:]
    var execution: Execution
    private(set) var now: Timestamp
    private(set) var stimuli: [(Stimulus, Timestamp)] = []
    private(set) var requests: [TaskRequest] = []
    private(set) var cancelled: [TaskID] = []
    private(set) var yields = 0
    private(set) var outcome: ExecutionOutcome?
    private var timers: [(time: Timestamp, use: Due)] = []
    private var queue: [Stimulus] = []

    private enum Due {
        case timer(TimerID)
        case stimulus(Stimulus)
    }

    static let start = Timestamp(milliseconds: 1_700_000_000_000)

    init(_ definition: String, input: JSON = [:], answers: [String: [Answer]] = [:], seed: UInt64 = 1) throws {
        self.answers = answers
        now = Self.start
        execution = Execution(
            definition: StateMachineDefinition(try JSON(parsing: definition)), identity: Self.identity, input: input,
            seed: seed)
    }

    static var identity: ExecutionIdentity {
        ExecutionIdentity(
            arn: "arn:aws:states:eu-west-1:000000000000:execution:orders:one", name: "one",
            roleARN: "arn:aws:iam::000000000000:role/r", started: start,
            machineARN: "arn:aws:states:eu-west-1:000000000000:stateMachine:orders", machineName: "orders")
    }

    /// To the end, or until nothing is left to happen.
    mutating func run() {
        send(.start)
        drain()
    }

    mutating func send(_ stimulus: Stimulus) { queue.append(stimulus) }

    mutating func drain(until limit: Timestamp? = nil) {
        while true {
            while !queue.isEmpty { deliver(queue.removeFirst()) }
            guard let next = timers.indices.min(by: { timers[$0].time < timers[$1].time }) else { return }
            if let limit, timers[next].time > limit {
                now = limit
                return
            }
            let due = timers.remove(at: next)
            now = due.time
            switch due.use {
            case .timer(let timer): deliver(.timerFired(timer))
            case .stimulus(let stimulus): deliver(stimulus)
            }
        }
    }

    private mutating func deliver(_ stimulus: Stimulus) {
        stimuli.append((stimulus, now))
        for action in execution.handle(stimulus, at: now) { perform(action) }
    }

    private mutating func perform(_ action: Action) {
        switch action {
        case .runTask(let request): answer(request)
        case .cancelTask(let task): cancelled.append(task)
        case .startTimer(let timer, let time): timers.append((time, .timer(timer)))
        case .cancelTimer(let timer):
            timers.removeAll { if case .timer(timer) = $0.use { true } else { false } }
        case .yield:
            yields += 1
            queue.append(.resume)
        case .end(let outcome): self.outcome = outcome
        case .startMapRun, .cancelMapRun: break
        }
    }

    private mutating func answer(_ request: TaskRequest) {
        requests.append(request)
        let key = request.resource.key
        guard var left = answers[key], let answer = left.first else { return }
        if left.count > 1 {
            left.removeFirst()
            answers[key] = left
        }
        switch answer {
        case .output(let output): send(.taskSucceeded(request.id, output: output))
        case .echo: send(.taskSucceeded(request.id, output: request.parameters))
        case .failure(let error, let cause): send(.taskFailed(request.id, TaskFailure(error, cause)))
        case .after(let seconds, let output):
            timers.append((now + .seconds(seconds), .stimulus(.taskSucceeded(request.id, output: output))))
        case .never: break
        }
    }
}

extension FakeWorld {
    var types: [String] { execution.history.map(\.type) }
    var seconds: Int64 { (now - Self.start).count / 1_000_000 }

    /// The JSON that the member of an event's details holds as text.
    func json(_ type: String, _ member: String) -> JSON? {
        execution.history.last { $0.type == type }?.details?[member]?.string.flatMap { try? JSON(parsing: $0) }
    }

    /// The execution as it comes back when all stimuli are played again.
    func replayed(seed: UInt64 = 1, input: JSON = [:]) -> Execution {
        var again = Execution(
            definition: execution.definition, identity: execution.identity, input: input, seed: seed)
        for (stimulus, time) in stimuli { _ = again.handle(stimulus, at: time) }
        return again
    }
}

extension TaskResource {
    var key: String {
        switch self {
        case .lambda(let arn), .activity(let arn): arn
        case .integration(let service, let operation, _, _): "\(service):\(operation)"
        }
    }
}

/// A machine of these states that begins with `A`.
func machine(_ states: String, _ fields: String = "") -> String {
    "{\"StartAt\":\"A\",\(fields)\"States\":{\(states)}}"
}
