import AWSCore
import JSON
import Telemetry

enum UpdateStateMachine: ServiceOperation {
    static let name = "UpdateStateMachine"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let text = try input.arn("stateMachineArn")
        let (arn, qualifier) = try StatesARN.machine(text)
        guard qualifier == nil, let known = context.machines[arn] else { throw .noStateMachine(text) }
        let isEmpty = [
            "definition", "roleArn", "loggingConfiguration", "tracingConfiguration", "encryptionConfiguration",
        ]
        .allSatisfy { input[$0] == nil }
        guard !isEmpty else {
            throw ServiceError(
                "MissingRequiredParameter",
                "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be "
                    + "specified")
        }
        let publishes = try input.bool("publish") ?? false
        let description = try input.string("versionDescription", atMost: 256)
        guard publishes || description == nil else {
            throw .invalid("Version description can only be set when publish is true")
        }
        let revision = try revision(after: known, input, at: context.clock.now())
        let (machine, version) = try context.machines.update(arn) { machine throws(ServiceError) in
            if !revision.isSame(as: machine.revision) || revision.text != machine.revision.text {
                machine.revision = revision
            }
            let version = publishes ? try machine.publish(description: description, at: revision.updated) : nil
            return (machine, version)
        }
        await context.journal.commit()
        context.announce(machine)
        return .members([
            "updateDate": .date(revision.updated), "revisionId": .text(machine.revision.revisionID),
            "stateMachineVersionArn": .text(version.map { machine.versionARN($0.number) }),
        ])
    }

    private static func revision(
        after machine: StateMachine, _ input: Input, at time: Timestamp
    ) throws(ServiceError) -> MachineRevision {
        var revision = machine.revision
        revision.revisionID = RequestID().description
        revision.updated = time
        if let text = try input.string("definition", atLeast: 1, atMost: 1_048_576) {
            revision.definition = try DefinitionText.read(text, type: machine.type)
            revision.text = text
        }
        if let role = try input.string("roleArn", atLeast: 1, atMost: 256) {
            guard ARN(role) != nil else { throw .invalidARN(role) }
            revision.roleARN = role
        }
        if let logging = input["loggingConfiguration"] { revision.logging = try LoggingConfiguration(logging) }
        if let tracing = input["tracingConfiguration"] { revision.isTraced = tracing["enabled"]?.bool ?? false }
        if let encryption = try Encryption.read(input["encryptionConfiguration"]) { revision.encryption = encryption }
        return revision
    }
}
