/// One command of a query, between two bars.
enum Command: Hashable, Sendable {
    case fields([NamedExpression])
    case display([NamedExpression])
    case filter(Expression)
    case parse(ParseCommand)
    case stats([NamedExpression], by: [NamedExpression])
    case sort([SortKey])
    case limit(Int)
    case dedup([NamedExpression])
}

struct SortKey: Hashable, Sendable {
    var expression: NamedExpression
    var isDescending: Bool
}

/// `parse @message "user=*, took * ms" as user, time`, or with a regular expression that has named groups.
struct ParseCommand: Hashable, Sendable {
    enum Pattern: Hashable, Sendable {
        /// The texts around the wildcards.
        case glob([[UInt8]])
        case regex(Regex)
    }

    var source: Expression
    var pattern: Pattern
    var names: [String]
}
