import AWSCore
import JSON
import StatesLanguage
import Telemetry

/// A task on its way into the world.
struct TaskCall: Sendable {
    var request: TaskRequest
    var runner: ExecutionRunner
    var point: ResumePoint

    var world: Workflows { runner.world }
    var id: TaskID { request.id }

    func post(_ stimulus: Stimulus, invocation: RequestID? = nil) { runner.post(stimulus, invocation: invocation) }

    /// Says that the work begins; a task that is taken up again began long ago.
    func started() {
        if case .fresh = point { post(.taskStarted(id, workerName: nil)) }
    }

    func failed(_ error: String, _ cause: String, invocation: RequestID? = nil) {
        post(.taskFailed(id, TaskFailure(error, cause)), invocation: invocation)
    }

    var context: CallContext {
        CallContext(
            requestID: RequestID().description, region: runner.record.region,
            account: ARN(runner.record.identity.machineARN)?.account ?? ARN.defaultAccount,
            traceHeader: traceHeader)
    }
}

/// How far a task had come when the runtime stopped.
///
/// What was in flight then follows one rule: a request whose answer was awaited (a function, a service) is made again, so it
/// runs at least once; callbacks and activities keep their tokens and wait on; executions that were started by the task
/// are joined again.
enum ResumePoint: Sendable, Hashable {
    case fresh
    case started
    case submitted(JSON)
}

/// Leads a task to who does it.
struct TaskDoors: Sendable {
    /// - Returns: gives the task up.
    func start(_ call: TaskCall) -> @Sendable () -> Void {
        if let answer = mocked(call) { return answerMocked(call, answer) }
        switch call.request.resource {
        case .lambda(let function): return FunctionTask(call: call).start(function)
        case .activity(let arn): return ActivityDoor(call: call).start(arn)
        case .integration(let service, let operation, let pattern, _):
            return IntegrationTask(call: call, service: service, operation: operation, pattern: pattern).start()
        }
    }

    private func mocked(_ call: TaskCall) -> MockAnswer? {
        guard let testCase = call.runner.record.testCase, let mocks = call.world.mocks else { return nil }
        let machine = call.runner.record.identity.machineName.prefix { $0 != "/" }
        return mocks.answer(
            machine: String(machine), testCase: testCase, state: call.request.stateName,
            retryCount: call.request.retryCount)
    }

    private func answerMocked(_ call: TaskCall, _ answer: MockAnswer) -> @Sendable () -> Void {
        if case .submitted = call.point {} else { call.started() }
        switch answer {
        case .return(let output):
            if case .integration(_, _, let pattern, _) = call.request.resource, pattern != .requestResponse {
                call.post(.taskSubmitted(call.id, output: .object(JSONObject())))
            }
            call.post(.taskSucceeded(call.id, output: output))
        case .throw(let error, let cause): call.failed(error, cause)
        }
        return {}
    }
}
