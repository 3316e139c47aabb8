import JSON
import StatesLanguage
import Telemetry
import Testing

/// Whatever the world tells, in whatever order, an execution stays whole.
@Suite struct RandomStimuliTests {
    static let definition = machine(
        #"""
        "A":{"Type":"Parallel","Retry":[{"ErrorEquals":["E1"],"MaxAttempts":1,"JitterStrategy":"FULL"}],"Catch":[{"ErrorEquals":["E2"],"Next":"D"}],"Next":"D","Branches":[
          {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.l","MaxConcurrency":2,"Retry":[{"ErrorEquals":["E3"],"MaxAttempts":1}],"End":true,"ItemProcessor":{"StartAt":"T","States":{
            "T":{"Type":"Task","Resource":"arn:aws:states:::s:t.waitForTaskToken","TimeoutSeconds":30,"HeartbeatSeconds":9,"Retry":[{"ErrorEquals":["States.Timeout"],"MaxAttempts":1}],"End":true}}}}}},
          {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":7,"Next":"F"},"F":{"Type":"Task","Resource":"arn:aws:lambda:eu-west-1:0:function:f","Catch":[{"ErrorEquals":["E1"],"ResultPath":"$.e","Next":"G"}],"End":true},"G":{"Type":"Parallel","Branches":[{"StartAt":"P","States":{"P":{"Type":"Task","Resource":"arn:aws:states:eu-west-1:0:activity:a","HeartbeatSeconds":5,"End":true}}}],"End":true}}}]},
        "D":{"Type":"Map","ItemsPath":"$.l","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"X","States":{"X":{"Type":"Pass","End":true}}},"End":true}
        """#, #""TimeoutSeconds":200,"#)

    static let input: JSON = ["l": [1, 2, 3, 4]]

    @Test(arguments: 0..<300) func nothingBreaks(_ round: Int) throws {
        var random = SeededGenerator(seed: UInt64(round))
        let definition = StateMachineDefinition(try JSON(parsing: Self.definition))
        var execution = Execution(
            definition: definition, identity: FakeWorld.identity, input: Self.input, seed: UInt64(round))
        var open = OpenWork()
        var now = FakeWorld.start
        var told: [(Stimulus, Timestamp)] = []
        for step in 0..<200 {
            let stimulus = step == 0 ? .start : open.stimulus(&random)
            now = now + .seconds(Int64(random.next() % 4))
            told.append((stimulus, now))
            let wasRunning = execution.status == .running
            let actions = execution.handle(stimulus, at: now)
            open.take(actions)
            if !wasRunning, stimulus != .redrive { #expect(actions.isEmpty) }
            if execution.status != .running {
                #expect(open.timers.isEmpty)
                #expect(open.tasks.isEmpty)
            }
        }
        #expect(execution.history.map(\.id) == Array(1...execution.history.count))
        #expect(execution.history.allSatisfy { $0.previousID < $0.id })
        var again = Execution(
            definition: definition, identity: FakeWorld.identity, input: Self.input, seed: UInt64(round))
        for (stimulus, time) in told { _ = again.handle(stimulus, at: time) }
        #expect(again.history == execution.history)
        #expect(again.status == execution.status)
    }

    /// What the execution has asked for and not given up.
    struct OpenWork {
        var timers: Set<TimerID> = []
        var tasks: Set<TaskID> = []
        private var all: [TaskID] = [TaskID(eventID: 3), TaskID(eventID: 99_999)]

        mutating func take(_ actions: [Action]) {
            for action in actions {
                switch action {
                case .runTask(let request):
                    tasks.insert(request.id)
                    all.append(request.id)
                case .startMapRun(let request):
                    tasks.insert(request.id)
                    all.append(request.id)
                case .cancelTask(let task), .cancelMapRun(let task): tasks.remove(task)
                case .startTimer(let timer, _): timers.insert(timer)
                case .cancelTimer(let timer): timers.remove(timer)
                case .yield, .end: break
                }
            }
        }

        mutating func stimulus(_ random: inout SeededGenerator) -> Stimulus {
            let error = "E\(random.next() % 4)"
            let known = tasks.sorted { $0.eventID < $1.eventID }
            let pool = known.isEmpty || random.next() % 8 == 0 ? all : known
            let task = pool[Int(random.next() % UInt64(pool.count))]
            switch random.next() % 24 {
            case 0...2:
                let due = timers.sorted { $0.number < $1.number }
                guard !due.isEmpty else { return .resume }
                let timer = due[Int(random.next() % UInt64(due.count))]
                timers.remove(timer)
                return .timerFired(timer)
            case 3:
                let timer = TimerID(number: Int(random.next() % 40))
                timers.remove(timer)
                return .timerFired(timer)
            case 4...6: return .taskStarted(task, workerName: nil)
            case 7: return end(task, .taskNotStarted(task, TaskFailure(error)))
            case 8, 9: return .taskSubmitted(task, output: [:])
            case 10: return end(task, .taskSubmitFailed(task, TaskFailure(error)))
            case 11...14: return end(task, .taskSucceeded(task, output: ["l": [1]]))
            case 15, 16: return end(task, .taskFailed(task, TaskFailure(error, "c")))
            case 17: return .heartbeat(task)
            case 18: return .mapRunStarted(task, mapRunARN: "arn:run")
            case 19: return end(task, .mapRunSucceeded(task, output: []))
            case 20: return end(task, .mapRunFailed(task, TaskFailure(error)))
            case 21: return random.next() % 6 == 0 ? .stop(error: nil, cause: "enough") : .resume
            default: return .redrive
            }
        }

        /// Only what fits the task ends it; the rest is to be ignored, so the task stays open.
        private mutating func end(_ task: TaskID, _ stimulus: Stimulus) -> Stimulus {
            tasks.remove(task)
            return stimulus
        }
    }
}
