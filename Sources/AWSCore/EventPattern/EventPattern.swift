package import JSON

/// A pattern that events match or not, as Lambda's event filtering and EventBridge's rules have it.
///
/// All members of an object must match; of the values in a list, one. A value of the event that is an array matches when one
/// of its elements does.
///
/// - SeeAlso: AWS Lambda Developer Guide, "Filter rule syntax".
package struct EventPattern: Hashable, Sendable {
    private let root: Node

    indirect enum Node: Hashable, Sendable {
        /// Members that must all match, and of each list of alternatives (`$or`) one.
        case object(members: [Member], alternatives: [[Node]])
        case value([EventMatcher])
    }

    struct Member: Hashable, Sendable {
        var name: String
        var node: Node
    }

    /// - Throws: ``EventPatternError`` that says what is wrong, and where.
    package init(parsing text: String) throws(EventPatternError) {
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: text, depth: Self.depthLimit)
        } catch {
            throw EventPatternError("The pattern is not JSON: \(error)")
        }
        try self.init(json)
    }

    package init(_ json: JSON) throws(EventPatternError) {
        guard let object = json.object, !object.isEmpty else {
            throw EventPatternError("The pattern is not a JSON object with members")
        }
        root = try Self.node(object, "", level: 0)
    }

    private static let depthLimit = 64

    package func matches(_ event: JSON) -> Bool { Self.matches(root, event) }

    // MARK: Parsing

    private static func node(_ object: JSONObject, _ path: String, level: Int) throws(EventPatternError) -> Node {
        guard level < depthLimit else { throw EventPatternError("The pattern nests too deep at \(path)") }
        var members: [Member] = []
        var alternatives: [[Node]] = []
        for (name, value) in object {
            let path = path.isEmpty ? name : "\(path).\(name)"
            switch value {
            case .array(let nodes) where name == "$or" && nodes.allSatisfy({ $0.object != nil }):
                guard !nodes.isEmpty else { throw EventPatternError("$or has no alternatives") }
                var choices: [Node] = []
                for choice in nodes { choices.append(try node(choice.object ?? JSONObject(), path, level: level + 1)) }
                alternatives.append(choices)
            case .array(let values):
                guard !values.isEmpty else { throw EventPatternError("\(path) has an empty list") }
                var matchers: [EventMatcher] = []
                for value in values { matchers.append(try EventMatcher(value, at: path)) }
                members.append(Member(name: name, node: .value(matchers)))
            case .object(let inner):
                guard !inner.isEmpty else { throw EventPatternError("\(path) is an empty object") }
                members.append(Member(name: name, node: try node(inner, path, level: level + 1)))
            default:
                throw EventPatternError("\(path) must be a list or an object")
            }
        }
        return .object(members: members, alternatives: alternatives)
    }

    // MARK: Matching

    private static func matches(_ node: Node, _ event: JSON?) -> Bool {
        switch node {
        case .object(let members, let alternatives):
            if case .array(let elements) = event { return elements.contains { matches(node, $0) } }
            return members.allSatisfy { matches($0.node, event?[$0.name]) }
                && alternatives.allSatisfy { choices in choices.contains { matches($0, event) } }
        case .value(let matchers):
            return matchers.contains { matcher in
                guard case .array(let elements) = event, !matcher.isExistence else { return matcher.matches(event) }
                return elements.contains { matcher.matches($0) }
            }
        }
    }
}

package struct EventPatternError: Error, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
