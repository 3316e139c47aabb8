import AWSCore
import JSON
import StatesLanguage
import Synchronization
import Telemetry

/// The execution that a task started and waits for; it is stopped when the task is given up.
final class NestedChild: Sendable {
    private let state = Mutex<(runner: ExecutionRunner?, isStopped: Bool)>((nil, false))

    func began(_ runner: ExecutionRunner) {
        let isLate = state.withLock { state in
            state.runner = runner
            return state.isStopped
        }
        if isLate { Self.abort(runner) }
    }

    func stop() {
        let runner = state.withLock { state in
            state.isStopped = true
            return state.runner
        }
        if let runner { Self.abort(runner) }
    }

    private static func abort(_ runner: ExecutionRunner) {
        runner.post(
            .stop(
                error: "States.TaskFailed",
                cause: "The execution was stopped because the task that waited for it was given up."))
    }
}

/// `states:startExecution.sync` and `.sync:2`
struct NestedExecution: Sendable {
    let call: TaskCall
    let pattern: IntegrationPattern

    func run(_ child: NestedChild) async {
        do throws(ServiceError) {
            let runner = try await join()
            child.began(runner)
            let outcome = await runner.outcome()
            guard !Task.isCancelled else { return }
            finish(runner, outcome)
        } catch {
            let failure = ServiceFailure(
                error, service: IntegratedService("states"), requestID: call.context.requestID)
            call.post(.taskSubmitFailed(call.id, TaskFailure(failure.error, failure.cause)))
        }
    }

    /// The execution that was started: now, or before the runtime stopped.
    private func join() async throws(ServiceError) -> ExecutionRunner {
        if case .submitted(let output) = call.point, let arn = output["ExecutionArn"]?.string,
            let runner = call.world.executions[arn]
        {
            return runner
        }
        call.started()
        let parameters = call.request.parameters
        guard let machine = parameters["StateMachineArn"]?.string else {
            throw .constraint("null", at: "stateMachineArn", "not be null")
        }
        let name = parameters["Name"]?.string ?? StableID(of: call.request.token).text
        let input = parameters["Input"].flatMap { $0.isNull ? .none : $0.string ?? $0.text } ?? "{}"
        let runner = try await ExecutionStarter(world: call.world).start(
            ExecutionStarter.Request(
                machine: machine, name: name, input: input, trigger: call.runner.arn,
                trace: call.traceHeader, parentARN: call.runner.arn, rejoins: call.point != .fresh,
                context: call.context))
        let started = runner.record.identity.started
        var output: JSON = ["ExecutionArn": .string(runner.arn)]
        let metadata = SDKMetadata.members(
            status: 200, requestID: call.context.requestID, contentType: "application/x-amz-json-1.0",
            length: Self.bodyLength(runner.arn, started), at: started)
        for (name, value) in metadata { output[name] = value }
        output["StartDate"] = .int(Int(started.milliseconds))
        call.post(.taskSubmitted(call.id, output: output))
        return runner
    }

    /// Of the service's answer, which writes seconds as `1.732180000123E9`.
    static func bodyLength(_ arn: String, _ time: Timestamp) -> Int {
        let body: JSON = ["executionArn": .string(arn), "startDate": .date(time)]
        return body.bytes.count + 2
    }

    private func finish(_ runner: ExecutionRunner, _ outcome: ExecutionOutcome) {
        let description = description(runner, outcome)
        guard outcome.status == .succeeded else {
            return call.failed("States.TaskFailed", description.text)
        }
        call.post(.taskSucceeded(call.id, output: description))
    }

    /// `DescribeExecution`, as the integration writes it.
    private func description(_ runner: ExecutionRunner, _ outcome: ExecutionOutcome) -> JSON {
        let record = runner.record
        let isParsed = pattern == .sync2
        let output = outcome.output.map { isParsed ? $0 : JSON.string($0.text) }
        return .members([
            "Cause": .text(outcome.cause), "Error": .text(outcome.error), "ExecutionArn": .string(record.arn),
            "Input": isParsed ? record.input : .string(record.inputText), "InputDetails": ["Included": true],
            "Name": .string(record.identity.name), "Output": output,
            "OutputDetails": output == nil ? .none : ["Included": true],
            "StartDate": .int(Int(record.identity.started.milliseconds)),
            "StateMachineArn": .string(record.identity.machineARN), "Status": .string(outcome.status.rawValue),
            "StopDate": runner.facts.stopped.map { .int(Int($0.milliseconds)) },
        ])
    }
}

/// A UUID that is always the same for the same text: what is named by it is made once, even when it is asked for twice.
struct StableID {
    let text: String

    init(of source: String) {
        text =
            RequestID(
                high: Self.hash(source, 0xCBF2_9CE4_8422_2325) & ~0xF000 | 0x4000,
                low: Self.hash(source, 0x9AE1_6A3B_2F90_404F) & ~(0b11 << 62) | 0b10 << 62
            ).description
    }

    /// FNV-1a, mixed once more.
    private static func hash(_ text: String, _ start: UInt64) -> UInt64 {
        var value = start
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        value = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
        return value ^ value >> 29
    }
}
