import JSON

/// What an operation of a service answers, as far as a mocked result is held against it.
indirect enum MockShape: Sendable {
    case anything
    /// Also times and bytes: integrations write both as text.
    case text
    case number(least: Double?, most: Double?)
    case flag
    case list(MockShape)
    case map(MockShape)
    case object([Member])
    /// An attribute value of DynamoDB, which may hold others.
    case attribute

    struct Member: Sendable {
        let name: String
        let isRequired: Bool
        let shape: MockShape
    }

    static let attributeMembers: [Member] = [
        Member(name: "S", isRequired: false, shape: .text), Member(name: "N", isRequired: false, shape: .text),
        Member(name: "B", isRequired: false, shape: .text), Member(name: "SS", isRequired: false, shape: .list(.text)),
        Member(name: "NS", isRequired: false, shape: .list(.text)),
        Member(name: "BS", isRequired: false, shape: .list(.text)),
        Member(name: "M", isRequired: false, shape: .map(.attribute)),
        Member(name: "L", isRequired: false, shape: .list(.attribute)),
        Member(name: "NULL", isRequired: false, shape: .flag), Member(name: "BOOL", isRequired: false, shape: .flag),
    ]
}

extension MockShape {
    /// - Parameter name: of the field.
    /// - Returns: what is wrong, if anything: members that the shape does not know are not looked at.
    func problem(in value: JSON, named name: String, requiresAll: Bool) -> String? {
        switch self {
        case .anything: return nil
        case .text: return value.string == nil ? "Field '\(name)' must be a string" : nil
        case .flag: return value.bool == nil ? "Field '\(name)' must be a boolean" : nil
        case .number(let least, let most):
            guard let number = value.number?.double else { return "Field '\(name)' must be a number" }
            if let least, number < least { return "Field '\(name)' is less than the minimum value" }
            if let most, number > most { return "Field '\(name)' exceeds the maximum value" }
            return nil
        case .list(let element):
            guard let values = value.array else { return "Field '\(name)' must be an array" }
            return values.lazy.compactMap { element.problem(in: $0, named: name, requiresAll: requiresAll) }.first
        case .map(let element):
            guard let object = value.object else { return "Field '\(name)' must be an object" }
            return object.lazy.compactMap { element.problem(in: $1, named: $0, requiresAll: requiresAll) }.first
        case .attribute: return Self.problem(in: value, Self.attributeMembers, named: name, requiresAll)
        case .object(let members): return Self.problem(in: value, members, named: name, requiresAll)
        }
    }

    private static func problem(
        in value: JSON, _ members: [Member], named name: String, _ requiresAll: Bool
    ) -> String? {
        guard let object = value.object else { return "Field '\(name)' must be an object" }
        for member in members {
            guard let found = object[member.name], !found.isNull else {
                guard requiresAll, member.isRequired else { continue }
                return "Required field '\(member.name)' is missing"
            }
            if let problem = member.shape.problem(in: found, named: member.name, requiresAll: requiresAll) {
                return problem
            }
        }
        return nil
    }
}
