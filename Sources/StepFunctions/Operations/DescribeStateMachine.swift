import AWSCore
import JSON

enum DescribeStateMachine: ServiceOperation {
    static let name = "DescribeStateMachine"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let text = try input.arn("stateMachineArn")
        let target = try context.machines.target(text, random: 0)
        guard target.alias == nil else { throw .noStateMachine(text) }
        let machine = target.machine
        let hasData = try input.includesData()
        return .members([
            "stateMachineArn": .string(text), "name": .string(machine.name), "status": "ACTIVE",
            "definition": .string(hasData ? target.revision.text : "{}"),
            "roleArn": .string(target.revision.roleARN), "type": .string(machine.type.rawValue),
            "creationDate": .date(target.version?.created ?? machine.created),
            "loggingConfiguration": target.revision.logging.json,
            "tracingConfiguration": ["enabled": .bool(target.revision.isTraced)],
            "encryptionConfiguration": target.revision.encryption ?? ["type": "AWS_OWNED_KEY"],
            "revisionId": .text(target.revision.revisionID), "description": .text(target.version?.description),
            "variableReferences": hasData ? VariableReferences.json(target.revision.definition) : .none,
        ])
    }
}
