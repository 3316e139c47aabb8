import AWSCore
import JSON
import StatesLanguage
import Telemetry

enum ListExecutions: ServiceOperation {
    static let name = "ListExecutions"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let status = try input.choice("statusFilter", of: ExecutionStatus.allCases.map(\.rawValue))
        let redrive = try input.choice("redriveFilter", of: ["REDRIVEN", "NOT_REDRIVEN"])
        let (scope, runners) = try runners(input, in: context)
        let chosen = runners.map { ($0, $0.facts) }.filter { _, facts in
            (status == nil || facts.status.rawValue == status)
                && (redrive == nil || (facts.redriveCount > 0) == (redrive == "REDRIVEN"))
        }
        let tokenScope = "\(name) \(scope) \(status ?? "") \(redrive ?? "")"
        let page = try Page(of: chosen, input, scope: tokenScope, isFalling: true) { $0.0.record.number }
        return page.json("executions") { item($0.0.record, $0.1) }
    }

    /// The executions of a machine, version, alias or Map run, the newest first.
    private static func runners(
        _ input: Input, in context: Workflows
    ) throws(ServiceError) -> (String, [ExecutionRunner]) {
        let machine = try input.string("stateMachineArn", atLeast: 1, atMost: 256)
        let mapRun = try input.string("mapRunArn", atLeast: 1, atMost: 2000)
        switch (machine, mapRun) {
        case (let text?, nil):
            let (arn, qualifier) = try StatesARN.machine(text)
            guard let machine = context.machines[arn] else { throw .noStateMachine(text) }
            guard machine.type == .standard else {
                throw ServiceError(
                    "StateMachineTypeNotSupported", "This operation is not supported by this type of state machine")
            }
            let all = context.executions.of(machine: arn)
            guard qualifier != nil else { return (text, all) }
            return (
                text,
                all.filter { $0.record.identity.versionARN == text || $0.record.identity.aliasARN == text }
            )
        case (nil, let arn?):
            try StatesARN.checkMapRun(arn)
            guard context.mapRuns[arn] != nil else { throw .noResource }
            return (arn, context.executions.of(mapRun: arn))
        default:
            throw .invalid("Must specify exactly one of StateMachineArn or MapRunArn")
        }
    }

    private static func item(_ record: ExecutionRecord, _ facts: ExecutionRunner.Facts) -> JSON {
        .members([
            "executionArn": .string(record.arn), "stateMachineArn": .string(record.identity.machineARN),
            "name": .string(record.identity.name), "status": .string(facts.status.rawValue),
            "startDate": .date(record.identity.started), "stopDate": facts.stopped.map(JSON.date),
            "mapRunArn": .text(record.identity.mapRunARN),
            "itemCount": record.identity.mapRunARN == nil ? .none : .int(record.itemCount),
            "stateMachineVersionArn": .text(record.identity.versionARN),
            "stateMachineAliasArn": .text(record.identity.aliasARN), "redriveCount": .int(facts.redriveCount),
            "redriveDate": facts.redriven.map(JSON.date),
        ])
    }
}
