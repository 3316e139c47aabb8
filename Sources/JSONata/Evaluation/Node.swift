/// An expression, ready to be evaluated.
final class Node: Sendable {
    let kind: Kind
    let position: Int
    let keepsArray: Bool
    let constructsArray: Bool
    /// Makes or passes on a stream of tuples.
    let isTuple: Bool
    let focus: Int?
    let index: Int?
    let ancestor: Int?
    let stages: [Stage]
    let predicates: [Node]
    let group: Group?
    /// Neither predicates nor grouping follow the evaluation itself.
    let isPlain: Bool

    init(_ kind: Kind, _ syntax: Syntax, details: Details) {
        self.kind = kind
        position = syntax.position
        keepsArray = syntax.keepArray
        constructsArray = syntax.constructsArray
        isTuple = syntax.isTuple
        focus = details.focus
        index = details.index
        ancestor = details.ancestor
        stages = details.stages
        predicates = details.predicates
        group = details.group
        isPlain = details.predicates.isEmpty && details.group == nil
    }

    struct Details {
        var focus: Int?
        var index: Int?
        var ancestor: Int?
        var stages: [Stage] = []
        var predicates: [Node] = []
        var group: Group?
    }

    enum Stage: Sendable {
        case filter(Node)
        case index(Int)
    }

    enum Kind: Sendable {
        case null
        case bool(Bool)
        case number(Double)
        case string(String)
        case name(String)
        case wildcard
        case descendants
        case variable(Int)
        /// `$`
        case context
        /// `$$`
        case root
        case regex(Pattern)
        case path(Path)
        case sort([SortTerm])
        case arithmetic(BinaryOperator, Node, Node)
        case comparison(BinaryOperator, Node, Node)
        case equality(isNegated: Bool, Node, Node)
        case concatenate(Node, Node)
        case and(Node, Node)
        case or(Node, Node)
        case contained(Node, Node)
        case range(Node, Node)
        case negate(Node)
        case array([Node])
        case object(Group)
        case block([Node])
        case bind(Int, Node)
        case condition(Node, Node, Node?)
        case elvis(Node, Node)
        case coalesce(Node, Node)
        case apply(Node, Node)
        case call(Call)
        case partial(Call)
        case lambda(Lambda)
        case transform(Transform)
    }
}

struct SortTerm: Sendable {
    let expression: Node
    let isDescending: Bool
}

final class Path: Sendable {
    let steps: [Node]
    let keepsSingleton: Bool
    /// A variable or a name and then only names, nothing else about them.
    let isSimple: Bool

    init(steps: [Node], keepsSingleton: Bool) {
        self.steps = steps
        self.keepsSingleton = keepsSingleton
        isSimple = !keepsSingleton && steps.enumerated().allSatisfy { Self.isSimple($1, isFirst: $0 == 0) }
    }

    private static func isSimple(_ step: Node, isFirst: Bool) -> Bool {
        guard !step.isTuple, step.stages.isEmpty, step.isPlain, !step.keepsArray else { return false }
        switch step.kind {
        case .name: return true
        case .variable, .context, .root: return isFirst
        default: return false
        }
    }
}

/// The members of an object constructor, or of a grouping.
final class Group: Sendable {
    let pairs: [(key: Node, value: Node)]
    let position: Int
    /// The keys, where all are different literals.
    let literalKeys: [String]?

    init(pairs: [(key: Node, value: Node)], position: Int) {
        self.pairs = pairs
        self.position = position
        var keys: [String] = []
        for pair in pairs {
            guard case .string(let key) = pair.key.kind, pair.key.isPlain, !keys.contains(key) else { continue }
            keys.append(key)
        }
        literalKeys = keys.count == pairs.count ? keys : nil
    }
}

final class Call: Sendable {
    let procedure: Node
    let arguments: [Node?]
    /// What is called, for messages.
    let name: String?
    /// The variable of the name that is called without its `$`.
    let suspectedVariable: Int?

    init(procedure: Node, arguments: [Node?], name: String?, suspectedVariable: Int?) {
        self.procedure = procedure
        self.arguments = arguments
        self.name = name
        self.suspectedVariable = suspectedVariable
    }
}

final class Lambda: Sendable {
    let parameters: [Int]
    let signature: Signature?
    let body: Node

    init(parameters: [Int], signature: Signature?, body: Node) {
        self.parameters = parameters
        self.signature = signature
        self.body = body
    }
}

final class Transform: Sendable {
    let pattern: Node
    let update: Node
    let delete: Node?

    init(pattern: Node, update: Node, delete: Node?) {
        self.pattern = pattern
        self.update = update
        self.delete = delete
    }
}
