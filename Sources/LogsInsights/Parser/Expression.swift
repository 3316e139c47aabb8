/// An expression of a query; names become references when it is planned.
indirect enum Expression: Hashable, Sendable {
    case text([UInt8])
    case number(Double)
    case bool(Bool)
    case period(InsightsPeriod)
    case field(String)
    case negated(Expression)
    case not(Expression)
    case and(Expression, Expression)
    case or(Expression, Expression)
    case arithmetic(ArithmeticOperator, Expression, Expression)
    case compare(ComparisonOperator, Expression, Expression)
    case like(Expression, Pattern)
    case oneOf(Expression, [Expression])
    case call(InsightsFunction, [Expression])
    case aggregate(Aggregate)

    // What planning makes of names.
    case line(LineField)
    case slot(Int)
    case column(Int)
    /// A member of what `jsonParse` gave.
    case member(Expression, [String])
    case missing

    enum Pattern: Hashable, Sendable {
        case text([UInt8])
        case regex(Regex)
    }
}

enum ArithmeticOperator: String, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case power = "^"
    case modulo = "%"
}

enum ComparisonOperator: String, Hashable, Sendable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

/// What `stats` makes of the rows of a group.
struct Aggregate: Hashable, Sendable {
    enum Function: String, Hashable, Sendable, CaseIterable {
        case count, count_distinct, sum, avg, min, max, pct, median, stddev, earliest, latest
        case sortsFirst = "sortsfirst"
        case sortsLast = "sortslast"
    }

    var function: Function
    /// `nil` for `count(*)`.
    var argument: Expression?
    /// 0 to 100, for `pct`.
    var percent = 0.0
}

/// An expression with the name that its column gets.
struct NamedExpression: Hashable, Sendable {
    var expression: Expression
    /// What stands behind `as`, or the text as it was written.
    var name: String
    var isAlias: Bool
    var range: Range<Int>

    /// The name without blanks: `count( * )` is `count(*)`.
    var key: String { name.filter { !$0.isWhitespace } }
}

extension Expression {
    /// The expressions that it is made of.
    var parts: [Expression] {
        switch self {
        case .negated(let inner), .not(let inner), .like(let inner, _), .member(let inner, _): [inner]
        case .and(let left, let right), .or(let left, let right), .arithmetic(_, let left, let right),
            .compare(_, let left, let right):
            [left, right]
        case .oneOf(let inner, let values): [inner] + values
        case .call(_, let arguments): arguments
        case .aggregate(let aggregate): aggregate.argument.map { [$0] } ?? []
        default: []
        }
    }

    /// The same with every part replaced.
    func mapParts(_ change: (Expression) throws(InsightsError) -> Expression) throws(InsightsError) -> Expression {
        switch self {
        case .negated(let inner): return .negated(try change(inner))
        case .not(let inner): return .not(try change(inner))
        case .like(let inner, let pattern): return .like(try change(inner), pattern)
        case .member(let inner, let path): return .member(try change(inner), path)
        case .and(let left, let right): return .and(try change(left), try change(right))
        case .or(let left, let right): return .or(try change(left), try change(right))
        case .arithmetic(let sign, let left, let right): return .arithmetic(sign, try change(left), try change(right))
        case .compare(let sign, let left, let right): return .compare(sign, try change(left), try change(right))
        case .oneOf(let inner, let values):
            var changed: [Expression] = []
            for value in values { changed.append(try change(value)) }
            return .oneOf(try change(inner), changed)
        case .call(let function, let arguments):
            var changed: [Expression] = []
            for argument in arguments { changed.append(try change(argument)) }
            return .call(function, changed)
        case .aggregate(var aggregate):
            if let argument = aggregate.argument { aggregate.argument = try change(argument) }
            return .aggregate(aggregate)
        default: return self
        }
    }

    /// The names of the fields in it.
    var fields: [String] {
        if case .field(let name) = self { return [name] }
        return parts.flatMap(\.fields)
    }

    var hasAggregate: Bool {
        if case .aggregate = self { return true }
        return parts.contains(where: \.hasAggregate)
    }
}
