/// A node as the parser makes it; the resolver turns it into steps and paths.
final class Syntax {
    var kind: Kind
    /// Bytes from the beginning of the expression.
    let position: Int
    /// Longest way down from here.
    let height: Int
    /// `[]` follows: one value stays an array.
    var keepArray = false
    /// An array made by `[…]` that a path begins or ends with is not flattened.
    var constructsArray = false
    var isTuple = false
    var focus: String?
    var index: String?
    var ancestor: Slot?
    var stages: [Stage] = []
    var predicates: [Stage] = []
    var group: [Pair]?
    var seekingParent: [Slot] = []

    typealias Pair = (key: Syntax, value: Syntax)
    typealias Term = (expression: Syntax, isDescending: Bool)

    enum Stage {
        case filter(Syntax)
        case index(String)
    }

    /// What a `%` refers to: a step `level` steps back.
    final class Slot {
        var label: String
        var level = 1

        init(label: String) { self.label = label }
    }

    enum Kind {
        case string(String)
        case number(Double)
        case bool(Bool)
        case null
        case name(String)
        case variable(String)
        case wildcard
        case descendants
        case parent(Slot)
        case regex(Pattern)
        case dot(Syntax, Syntax)
        case filter(Syntax, Syntax)
        case groupBy(Syntax, [Pair])
        case orderBy(Syntax, [Term])
        case focus(Syntax, String)
        case index(Syntax, String)
        case path([Syntax], keepsSingleton: Bool)
        case sort([Term])
        case binary(BinaryOperator, Syntax, Syntax)
        case apply(Syntax, Syntax)
        case bind(String, Syntax)
        case negate(Syntax)
        case array([Syntax])
        case object([Pair])
        case block([Syntax])
        case condition(Syntax, Syntax, Syntax?)
        case elvis(Syntax, Syntax)
        case coalesce(Syntax, Syntax)
        case call(Syntax, [Syntax])
        /// `nil` stands for a `?`.
        case partial(Syntax, [Syntax?])
        case lambda([String], Signature?, Syntax)
        case transform(pattern: Syntax, update: Syntax, delete: Syntax?)
    }

    init(_ kind: Kind, at position: Int, height: Int = 1) {
        self.kind = kind
        self.position = position
        self.height = height
    }

    var pathSteps: [Syntax]? {
        guard case .path(let steps, _) = kind else { return nil }
        return steps
    }
}

enum BinaryOperator: String {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case concatenate = "&"
    case and
    case or
    case contained = "in"
    case range = ".."
}
