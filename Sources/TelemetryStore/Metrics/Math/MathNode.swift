/// An expression of CloudWatch's metric math, parsed.
indirect enum MathNode: Hashable, Sendable {
    case number(Double)
    case string(String)
    /// The id of another query.
    case reference(String)
    /// A word in capitals that is an argument: `REPEAT`, `DESC`, `AVG`.
    case word(String)
    case array([MathNode])
    case negation(MathNode)
    case operation(MathOperator, MathNode, MathNode)
    case call(String, [MathNode])
}

enum MathOperator: String, Hashable, Sendable, CaseIterable {
    case or = "OR"
    case and = "AND"
    case equal = "=="
    case unequal = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case power = "^"

    /// The higher binds tighter.
    var precedence: Int {
        switch self {
        case .or: 1
        case .and: 2
        case .equal, .unequal, .lessOrEqual, .greaterOrEqual, .less, .greater: 3
        case .plus, .minus: 4
        case .times, .divided: 5
        case .power: 7
        }
    }

    /// - Returns: `nil` for a division by zero: CloudWatch drops such points.
    func apply(_ left: Double, _ right: Double) -> Double? {
        switch self {
        case .or: left != 0 || right != 0 ? 1 : 0
        case .and: left != 0 && right != 0 ? 1 : 0
        case .equal: left == right ? 1 : 0
        case .unequal: left != right ? 1 : 0
        case .lessOrEqual: left <= right ? 1 : 0
        case .greaterOrEqual: left >= right ? 1 : 0
        case .less: left < right ? 1 : 0
        case .greater: left > right ? 1 : 0
        case .plus: left + right
        case .minus: left - right
        case .times: left * right
        case .divided: right == 0 ? nil : left / right
        case .power: MathFunctions.power(left, right)
        }
    }
}
