import AWSCore
import JSON
import StatesLanguage
import Telemetry

enum StartSyncExecution: ServiceOperation {
    static let name = "StartSyncExecution"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        var request = try StartExecution.request(json, call)
        request.isSynchronous = true
        request.trigger = name
        let hasData = try Input(json).includesData()
        let runner = try await ExecutionStarter(world: context).start(request)
        let outcome = await runner.outcome()
        return answer(runner, outcome, hasData: hasData)
    }

    private static func answer(_ runner: ExecutionRunner, _ outcome: ExecutionOutcome, hasData: Bool) -> JSON {
        let record = runner.record
        let started = record.identity.started
        let stopped = runner.facts.stopped ?? started
        let milliseconds = (stopped - started).billedMilliseconds
        let included: JSON = ["included": .bool(hasData)]
        return .members([
            "executionArn": .string(runner.arn), "stateMachineArn": .string(record.identity.machineARN),
            "name": .string(record.identity.name), "startDate": .date(started), "stopDate": .date(stopped),
            "status": .string(outcome.status.rawValue), "error": .text(outcome.error),
            "cause": .text(outcome.cause), "input": hasData ? .string(record.inputText) : .none,
            "inputDetails": included, "output": hasData ? .text(outcome.output?.text) : .none,
            "outputDetails": included, "traceHeader": .text(record.givenTrace),
            "billingDetails": [
                // Billed in steps of 100 ms and 64 MB.
                "billedDurationInMilliseconds": .int(Int(max((milliseconds + 99) / 100, 1)) * 100),
                "billedMemoryUsedInMB": 64,
            ],
        ])
    }
}
