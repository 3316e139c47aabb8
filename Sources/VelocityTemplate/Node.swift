/// A part of a template.
indirect enum Node: Sendable {
    case text([UInt8])
    case reference(Reference)
    /// The branches of `#if`, `#elseif`; the last without a condition is `#else`.
    case condition([Branch])
    case set(Reference, Expression)
    case loop(variable: String, over: Expression, body: [Node])
    case leave
    case stop
}

struct Branch: Sendable {
    var condition: Expression?
    var body: [Node]
}

/// `$!{name.property.method(…)[0]}`
struct Reference: Sendable {
    var name: String
    var steps: [Step]
    /// With `!`: nothing is written where there is no value.
    var isQuiet: Bool
    /// Written as it is when there is no such variable.
    var source: [UInt8]
    /// Behind a backslash: written as it is where there is a value.
    var isEscaped = false

    enum Step: Sendable {
        case property(String)
        case method(String, [Expression])
        case index(Expression)
    }
}

indirect enum Expression: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case decimal(Double)
    case string(String)
    /// A string in double quotes with references or directives.
    case template([Node])
    case list([Expression])
    case range(Expression, Expression)
    case map([(Expression, Expression)])
    case reference(Reference)
    case not(Expression)
    case negative(Expression)
    case binary(Operator, Expression, Expression)

    enum Operator: Sendable {
        case or, and, equal, unequal, less, lessOrEqual, greater, greaterOrEqual, plus, minus, times, over, modulo

        var precedence: Int {
            switch self {
            case .or: 0
            case .and: 1
            case .equal, .unequal: 2
            case .less, .lessOrEqual, .greater, .greaterOrEqual: 3
            case .plus, .minus: 4
            case .times, .over, .modulo: 5
            }
        }
    }
}
