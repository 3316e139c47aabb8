import AWSCore
import JSON

/// How an alias shares executions between one or two versions.
enum AliasRouting {
    static let otherMachine = ServiceError(
        "ValidationException", "Routing configuration must contain versions of the alias's own state machine.")

    /// - Returns: the machine's ARN and the routes.
    static func read(_ list: [JSON]) throws(ServiceError) -> (String, [MachineAlias.Route]) {
        guard (1...2).contains(list.count) else {
            throw .invalid("Routing configuration must contain one or two state machine versions.")
        }
        var machines: Set<String> = []
        var routes: [MachineAlias.Route] = []
        var wrong: [String] = []
        for json in list {
            let input = Input(json)
            let text = try input.arn("stateMachineVersionArn")
            let weight = try input.int("weight", in: 0...100) ?? 0
            let (arn, qualifier) = try StatesARN.machine(text)
            guard let version = qualifier.flatMap(Int.init) else {
                wrong.append(text)
                continue
            }
            machines.insert(arn)
            routes.append(MachineAlias.Route(version: version, weight: weight))
        }
        guard wrong.isEmpty else {
            throw .invalid(
                "Routing configuration must contain state machine version ARNs. "
                    + "Received: [\(wrong.joined(separator: ", "))]")
        }
        guard let arn = machines.first, machines.count == 1 else { throw otherMachine }
        guard routes.reduce(0, { $0 + $1.weight }) == 100 else {
            throw .invalid("Sum of routing configuration weights must equal 100.")
        }
        guard Set(routes.map(\.version)).count == routes.count else {
            throw .invalid("Routing configuration must contain distinct state machine version ARNs.")
        }
        return (arn, routes)
    }

    static func check(_ routes: [MachineAlias.Route], in machine: StateMachine) throws(ServiceError) {
        for route in routes where machine.version(route.version) == nil { throw .noResource }
    }

    /// - Returns: the machine's ARN and the alias's name.
    static func alias(_ text: String) throws(ServiceError) -> (String, String) {
        let (arn, qualifier) = try StatesARN.machine(text)
        guard let qualifier, Int(qualifier) == nil else { throw .invalidARN(text) }
        return (arn, qualifier)
    }
}
