import AWSCore
import JSON
import StatesLanguage
import Telemetry

enum DescribeExecution: ServiceOperation {
    static let name = "DescribeExecution"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let runner = try context.execution(try input.arn("executionArn"))
        let hasData = try input.includesData()
        let record = runner.record
        let facts = runner.facts
        let (redriveStatus, reason) = Redriving.status(runner, facts)
        return .members([
            "executionArn": .string(record.arn), "stateMachineArn": .string(record.identity.machineARN),
            "name": .string(record.identity.name), "status": .string(facts.status.rawValue),
            "startDate": .date(record.identity.started), "stopDate": facts.stopped.map(JSON.date),
            "input": hasData ? .string(record.inputText) : .none, "inputDetails": ["included": .bool(hasData)],
            "output": hasData ? .text(facts.outcome?.output?.text) : .none,
            "outputDetails": facts.outcome?.output == nil ? .none : ["included": .bool(hasData)],
            "traceHeader": .text(record.givenTrace), "mapRunArn": .text(record.identity.mapRunARN),
            "error": .text(facts.outcome?.error), "cause": .text(facts.outcome?.cause),
            "stateMachineVersionArn": .text(record.identity.versionARN),
            "stateMachineAliasArn": .text(record.identity.aliasARN), "redriveCount": .int(facts.redriveCount),
            "redriveDate": facts.redriven.map(JSON.date), "redriveStatus": .string(redriveStatus),
            "redriveStatusReason": .text(reason),
        ])
    }
}

extension Workflows {
    /// - Throws: `InvalidArn`, `ExecutionDoesNotExist`.
    func execution(_ arn: String) throws(ServiceError) -> ExecutionRunner {
        try StatesARN.checkExecution(arn)
        guard let runner = executions[arn] else { throw .noExecution(arn) }
        return runner
    }
}
