import JSON

/// The answer of a Lambda authorizer in IAM's policy language, as far as `execute-api:Invoke` goes.
///
/// An explicit deny goes before any allow; what is not allowed is denied.
struct Policy: Sendable {
    private let statements: [Statement]

    enum Decision: Sendable {
        case allow
        case implicitDeny
        case explicitDeny
    }

    fileprivate struct Statement: Sendable {
        var isAllow: Bool
        var actions: [String]
        var resources: [String]
        var exceptResources: [String]
    }

    /// - Returns: `nil` for what is no policy.
    init?(_ json: JSON?) {
        guard let json, let given = json["Statement"] else { return nil }
        let list = given.array ?? [given]
        var statements: [Statement] = []
        for statement in list {
            guard let effect = statement["Effect"]?.string, effect == "Allow" || effect == "Deny" else { return nil }
            statements.append(
                Statement(
                    isAllow: effect == "Allow", actions: Self.texts(statement["Action"]),
                    resources: Self.texts(statement["Resource"]), exceptResources: Self.texts(statement["NotResource"]))
            )
        }
        guard !statements.isEmpty else { return nil }
        self.statements = statements
    }

    private static func texts(_ json: JSON?) -> [String] { json?.string.map { [$0] } ?? json?.stringList ?? [] }

    /// - Parameter resource: `arn:aws:execute-api:us-east-1:000000000000:ID/STAGE/GET/pets`
    func decision(on resource: String) -> Decision {
        var decision = Decision.implicitDeny
        for statement in statements where statement.applies(to: resource) {
            guard statement.isAllow else { return .explicitDeny }
            decision = .allow
        }
        return decision
    }
}

extension Policy.Statement {
    fileprivate func applies(to resource: String) -> Bool {
        guard actions.contains(where: { Wildcard.matches("execute-api:invoke", $0.lowercased()) }) else { return false }
        if !exceptResources.isEmpty { return !exceptResources.contains { Wildcard.matches(resource, $0) } }
        return resources.contains { Wildcard.matches(resource, $0) }
    }
}

/// `*` for any text, `?` for any character.
enum Wildcard {
    static func matches(_ text: String, _ pattern: String) -> Bool {
        let text = Array(text.utf8)
        let pattern = Array(pattern.utf8)
        var (place, at) = (0, 0)
        // Where the last star was, and how much of the text it has taken.
        var star: (pattern: Int, text: Int)?
        while place < text.count {
            if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
                star = (at, place)
                at += 1
            } else if at < pattern.count, pattern[at] == text[place] || pattern[at] == UInt8(ascii: "?") {
                place += 1
                at += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                place = last.text + 1
                at = last.pattern + 1
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
