import AWSCore
import JSON
import StatesLanguage
import Telemetry

enum CreateStateMachine: ServiceOperation {
    static let name = "CreateStateMachine"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let name = try input.required("name")
        try Names.check(name)
        let type = try input.choice("type", of: ["STANDARD", "EXPRESS"]).flatMap(MachineType.init) ?? .standard
        let role = try input.required("roleArn", atMost: 256)
        guard ARN(role) != nil else { throw .invalidARN(role) }
        let publishes = try input.bool("publish") ?? false
        let description = try input.string("versionDescription", atMost: 256)
        guard publishes || description == nil else {
            throw .invalid("Version description can only be set when publish is true")
        }
        let text = try input.required("definition", atMost: 1_048_576)
        let now = context.clock.now()
        let arn = ARN(service: "states", region: call.region, account: call.account, resource: "stateMachine:\(name)")
        var machine = StateMachine(
            arn: arn.description, name: name, type: type, created: now, number: context.machines.nextNumber(),
            revision: MachineRevision(
                text: text, definition: try DefinitionText.read(text, type: type), roleARN: role,
                logging: try LoggingConfiguration(input["loggingConfiguration"]),
                isTraced: input["tracingConfiguration"]?["enabled"]?.bool ?? false,
                encryption: try Encryption.read(input["encryptionConfiguration"]), revisionID: nil, updated: now))
        try machine.tags.merge(Tags(try input.list("tags")), arn: machine.arn)
        let version = publishes ? try machine.publish(description: description, at: now) : nil
        if let known = try context.machines.insert(machine) {
            return try answer(to: machine, known: known, description: description, publishes: publishes)
        }
        await context.journal.commit()
        context.announce(machine)
        return answer(machine, version)
    }

    /// The same request again is answered as the first time.
    private static func answer(
        to machine: StateMachine, known: StateMachine, description: String?, publishes: Bool
    ) throws(ServiceError) -> JSON {
        let first = known.versions.first { $0.number == 1 }
        guard known.type == machine.type, known.revision.text == machine.revision.text,
            known.revision.logging == machine.revision.logging,
            known.revision.isTraced == machine.revision.isTraced,
            known.revision.encryption == machine.revision.encryption,
            !publishes || (first != nil && first?.description == description)
        else {
            throw ServiceError("StateMachineAlreadyExists", "State Machine Already Exists: '\(machine.arn)'")
        }
        return answer(known, publishes ? first : nil)
    }

    private static func answer(_ machine: StateMachine, _ version: MachineVersion?) -> JSON {
        .members([
            "creationDate": .date(machine.created), "stateMachineArn": .string(machine.arn),
            "stateMachineVersionArn": .text(version.map { machine.versionARN($0.number) }),
        ])
    }
}

/// Definitions as clients send them.
enum DefinitionText {
    /// - Throws: `InvalidDefinition` with all findings.
    static func read(_ text: String, type: MachineType) throws(ServiceError) -> StateMachineDefinition {
        let findings = DefinitionValidator.diagnostics(of: text, type: type.rawValue).filter { $0.severity == .error }
        guard findings.isEmpty else { throw .invalidDefinition(findings, in: text) }
        do throws(JSONError) {
            return StateMachineDefinition(try JSON(parsing: text))
        } catch {
            throw .invalidDefinition([DefinitionDiagnostic(.error, "INVALID_JSON_DESCRIPTION", "\(error)")], in: text)
        }
    }
}

extension Workflows {
    /// Tells telemetry how a machine is now.
    func announce(_ machine: StateMachine) {
        let description = StateMachineDescription(
            arn: machine.arn, name: machine.name, type: machine.type.rawValue, definition: machine.revision.text)
        sink.emit(TelemetryEvent(.stateMachineChanged(description), at: clock.now()))
    }
}
