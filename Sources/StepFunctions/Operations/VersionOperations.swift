import AWSCore
import JSON
import Telemetry

enum PublishStateMachineVersion: ServiceOperation {
    static let name = "PublishStateMachineVersion"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let text = try input.arn("stateMachineArn")
        let revision = try input.string("revisionId")
        let description = try input.string("description", atMost: 256)
        let (arn, qualifier) = try StatesARN.machine(text)
        guard qualifier == nil else { throw .noStateMachine(text) }
        let now = context.clock.now()
        let (machine, version) = try context.machines.update(arn) { machine throws(ServiceError) in
            let current = machine.revision.revisionID ?? "INITIAL"
            if let revision, revision != current {
                throw ServiceError(
                    "ConflictException",
                    "Failed to publish the State Machine version for revision \(revision). "
                        + "The current State Machine revision is \(current).")
            }
            if let description, let published = machine.publishedVersion, published.description != description {
                throw ServiceError(
                    "ConflictException",
                    "Version already exists with a different description: \(machine.versionARN(published.number))")
            }
            return (machine, try machine.publish(description: description, at: now))
        }
        await context.journal.commit()
        return [
            "creationDate": .date(version.created),
            "stateMachineVersionArn": .string(machine.versionARN(version.number)),
        ]
    }
}

enum DeleteStateMachineVersion: ServiceOperation {
    static let name = "DeleteStateMachineVersion"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let text = try Input(json).arn("stateMachineVersionArn", atMost: 2000)
        let (arn, qualifier) = try StatesARN.machine(text)
        guard let number = qualifier.flatMap(Int.init) else { throw .invalidARN(text) }
        guard context.machines[arn] != nil else { return .object(JSONObject()) }
        try context.machines.update(arn) { machine throws(ServiceError) in
            let users = machine.aliases.filter { $0.routes.contains { $0.version == number } }.map(\.name)
            guard users.isEmpty else {
                throw ServiceError(
                    "ConflictException",
                    "Version to be deleted must not be referenced by an alias. Current list of aliases referencing "
                        + "this version: [\(users.joined(separator: ", "))]")
            }
            machine.versions.removeAll { $0.number == number }
        }
        await context.journal.commit()
        return .object(JSONObject())
    }
}

enum ListStateMachineVersions: ServiceOperation {
    static let name = "ListStateMachineVersions"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let text = try input.arn("stateMachineArn")
        let (arn, _) = try StatesARN.machine(text)
        guard let machine = context.machines[arn] else { throw .noStateMachine(text) }
        let page = try Page(
            of: Array(machine.versions.reversed()), input, scope: "\(name) \(arn)", isFalling: true
        ) { $0.number }
        return page.json("stateMachineVersions") { version in
            [
                "creationDate": .date(version.created),
                "stateMachineVersionArn": .string(machine.versionARN(version.number)),
            ]
        }
    }
}
