import AWSCore
import JSON
import StatesLanguage

enum StartExecution: ServiceOperation {
    static let name = "StartExecution"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let runner = try await ExecutionStarter(world: context).start(request(json, call))
        return [
            "executionArn": .string(runner.arn), "startDate": .date(runner.record.identity.started),
        ]
    }

    static func request(_ json: JSON, _ call: CallContext) throws(ServiceError) -> ExecutionStarter.Request {
        let input = Input(json)
        return ExecutionStarter.Request(
            machine: try input.arn("stateMachineArn"), name: try input.string("name"),
            input: try input.string("input") ?? "{}", trigger: name, trace: call.traceHeader,
            givenTrace: try input.string("traceHeader", atMost: 256), context: call)
    }
}
