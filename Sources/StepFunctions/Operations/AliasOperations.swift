import AWSCore
import JSON
import Telemetry

enum CreateStateMachineAlias: ServiceOperation {
    static let name = "CreateStateMachineAlias"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let name = try input.required("name")
        try Names.checkAlias(name)
        let description = try input.string("description", atMost: 256) ?? ""
        guard let list = try input.list("routingConfiguration") else {
            throw .constraint("null", at: "routingConfiguration", "not be null")
        }
        let (arn, routes) = try AliasRouting.read(list)
        let now = context.clock.now()
        let (machine, alias) = try context.machines.update(arn, else: .noResource) { machine throws(ServiceError) in
            try AliasRouting.check(routes, in: machine)
            if let known = machine.alias(name) {
                guard known.description == description, known.routes == routes else {
                    throw ServiceError(
                        "ConflictException",
                        "Failed to create alias because an alias with the same name and a different routing "
                            + "configuration already exists.")
                }
                return (machine, known)
            }
            let alias = MachineAlias(
                name: name, description: description, routes: routes, created: now, updated: now,
                number: machine.nextAlias)
            guard machine.aliases.count < 100 else {
                throw ServiceError("ServiceQuotaExceededException", "Maximum number of aliases (100) reached")
            }
            machine.nextAlias += 1
            machine.aliases.append(alias)
            return (machine, alias)
        }
        await context.journal.commit()
        return ["creationDate": .date(alias.created), "stateMachineAliasArn": .string(machine.aliasARN(name))]
    }
}

enum UpdateStateMachineAlias: ServiceOperation {
    static let name = "UpdateStateMachineAlias"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let (arn, name) = try AliasRouting.alias(try input.arn("stateMachineAliasArn"))
        let description = try input.string("description", atMost: 256)
        let list = try input.list("routingConfiguration")
        guard description != nil || list != nil else {
            throw .invalid("Either the description or the routingConfiguration must be specified")
        }
        var routes: [MachineAlias.Route]?
        if let list {
            let (target, read) = try AliasRouting.read(list)
            guard target == arn else { throw AliasRouting.otherMachine }
            routes = read
        }
        let now = context.clock.now()
        try context.machines.update(arn, else: .noResource) { machine throws(ServiceError) in
            guard let place = machine.aliases.firstIndex(where: { $0.name == name }) else { throw .noResource }
            if let routes {
                try AliasRouting.check(routes, in: machine)
                machine.aliases[place].routes = routes
            }
            if let description { machine.aliases[place].description = description }
            machine.aliases[place].updated = now
        }
        await context.journal.commit()
        return ["updateDate": .date(now)]
    }
}

enum DescribeStateMachineAlias: ServiceOperation {
    static let name = "DescribeStateMachineAlias"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let (arn, name) = try AliasRouting.alias(try Input(json).arn("stateMachineAliasArn"))
        guard let machine = context.machines[arn], let alias = machine.alias(name) else { throw .noResource }
        return .members([
            "stateMachineAliasArn": .string(machine.aliasARN(name)), "name": .string(name),
            "description": .string(alias.description),
            "routingConfiguration": .array(
                alias.routes.map { route in
                    [
                        "stateMachineVersionArn": .string(machine.versionARN(route.version)),
                        "weight": .int(route.weight),
                    ]
                }),
            "creationDate": .date(alias.created), "updateDate": .date(alias.updated),
        ])
    }
}

enum DeleteStateMachineAlias: ServiceOperation {
    static let name = "DeleteStateMachineAlias"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let (arn, name) = try AliasRouting.alias(try Input(json).arn("stateMachineAliasArn"))
        try context.machines.update(arn, else: .noResource) { machine throws(ServiceError) in
            guard machine.alias(name) != nil else { throw .noResource }
            machine.aliases.removeAll { $0.name == name }
        }
        await context.journal.commit()
        return .object(JSONObject())
    }
}

enum ListStateMachineAliases: ServiceOperation {
    static let name = "ListStateMachineAliases"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let text = try input.arn("stateMachineArn")
        let (arn, qualifier) = try StatesARN.machine(text)
        guard let machine = context.machines[arn] else { throw .noStateMachine(text) }
        let version = qualifier.flatMap(Int.init)
        let aliases = machine.aliases.filter { alias in
            version == nil || alias.routes.contains { $0.version == version }
        }
        let page = try Page(of: aliases, input, scope: "\(name) \(text)") { $0.number }
        return page.json("stateMachineAliases") { alias in
            ["creationDate": .date(alias.created), "stateMachineAliasArn": .string(machine.aliasARN(alias.name))]
        }
    }
}
