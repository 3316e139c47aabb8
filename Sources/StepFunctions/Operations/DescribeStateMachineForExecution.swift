import AWSCore
import JSON
import StatesLanguage

enum DescribeStateMachineForExecution: ServiceOperation {
    static let name = "DescribeStateMachineForExecution"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let record = try context.execution(try input.arn("executionArn")).record
        let hasData = try input.includesData()
        return .members([
            "stateMachineArn": .string(record.identity.machineARN), "name": .string(record.identity.machineName),
            "definition": .string(hasData ? record.definitionText : "{}"),
            "roleArn": .string(record.identity.roleARN), "updateDate": .date(record.revisionUpdated),
            "loggingConfiguration": record.logging.json, "tracingConfiguration": ["enabled": .bool(record.isTraced)],
            "encryptionConfiguration": ["type": "AWS_OWNED_KEY"],
            "mapRunArn": .text(record.identity.mapRunARN), "label": .text(record.label),
            "revisionId": .text(record.revisionID),
            "variableReferences": hasData ? VariableReferences.json(record.definition) : .none,
        ])
    }
}
