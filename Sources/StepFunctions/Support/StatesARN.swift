import AWSCore

/// What an ARN of Step Functions names.
enum StatesARN: Hashable, Sendable {
    /// `stateMachine:NAME`, `stateMachine:NAME:QUALIFIER`; the qualifier is a version or an alias.
    case stateMachine(name: String, qualifier: String?)
    /// `stateMachine:NAME/LABEL`: the machine of a Map run's children.
    case mapRunMachine(name: String, label: String)
    /// `execution:MACHINE:NAME`; the machine is `NAME/LABEL` for children of a Map run.
    case execution(machine: String, name: String)
    /// `express:MACHINE:NAME:ID`
    case express(machine: String, name: String, id: String)
    case activity(name: String)
    /// `mapRun:MACHINE/LABEL:ID`
    case mapRun(machine: String, label: String, id: String)

    /// - Throws: `InvalidArn`.
    init(_ text: String) throws(ServiceError) {
        guard let arn = ARN(text), arn.service == "states" else { throw .invalidARN(text) }
        let parts = arn.resource.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let parsed = Self.parse(parts) else { throw .invalidARN(text) }
        self = parsed
    }

    private static func parse(_ parts: [String]) -> StatesARN? {
        guard parts.count >= 2, !parts[1].isEmpty else { return nil }
        switch (parts[0], parts.count) {
        case ("stateMachine", 2...3):
            let names = parts[1].split(separator: "/", maxSplits: 1).map(String.init)
            if names.count == 2 { return .mapRunMachine(name: names[0], label: names[1]) }
            return .stateMachine(name: parts[1], qualifier: parts.count == 3 ? parts[2] : nil)
        case ("execution", 3): return .execution(machine: parts[1], name: parts[2])
        case ("express", 4): return .express(machine: parts[1], name: parts[2], id: parts[3])
        case ("activity", 2): return .activity(name: parts[1])
        case ("mapRun", 3):
            let names = parts[1].split(separator: "/", maxSplits: 1).map(String.init)
            guard names.count == 2 else { return nil }
            return .mapRun(machine: names[0], label: names[1], id: parts[2])
        default: return nil
        }
    }

    private var typeName: String {
        switch self {
        case .stateMachine, .mapRunMachine: "stateMachine"
        case .execution: "execution"
        case .express: "express"
        case .activity: "activity"
        case .mapRun: "mapRun"
        }
    }

    /// - Throws: `InvalidArn` for anything but an execution of a standard workflow.
    static func checkExecution(_ text: String) throws(ServiceError) {
        let arn = try StatesARN(text)
        guard case .execution = arn else { throw .wrongResourceType(arn.typeName) }
    }

    static func checkActivity(_ text: String) throws(ServiceError) {
        let arn = try StatesARN(text)
        guard case .activity = arn else { throw .wrongResourceType(arn.typeName) }
    }

    static func checkMapRun(_ text: String) throws(ServiceError) {
        let arn = try StatesARN(text)
        guard case .mapRun = arn else { throw .wrongResourceType(arn.typeName) }
    }

    /// The machine's ARN without version or alias, and the qualifier.
    static func machine(_ text: String) throws(ServiceError) -> (arn: String, qualifier: String?) {
        let arn = try StatesARN(text)
        switch arn {
        case .stateMachine(_, let qualifier):
            guard let qualifier else { return (text, nil) }
            return (String(text.dropLast(qualifier.count + 1)), qualifier)
        case .mapRunMachine: return (text, nil)
        default: throw .wrongResourceType(arn.typeName)
        }
    }
}
