import AWSCore
import JSON
import StatesLanguage
import Telemetry

enum StopExecution: ServiceOperation {
    static let name = "StopExecution"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let runner = try context.execution(try input.arn("executionArn"))
        let error = try input.string("error", atMost: 256)
        let cause = try input.string("cause", atMost: 32768)
        if runner.facts.status == .running { await runner.deliver(.stop(error: error, cause: cause)) }
        return ["stopDate": .date(runner.facts.stopped ?? context.clock.now())]
    }
}
