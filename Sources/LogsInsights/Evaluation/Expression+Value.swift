import CSearch
import Glibc
import JSON

extension Expression {
    func value(_ row: RowContext) -> Value {
        switch self {
        case .text(let text): return .text(text)
        case .number(let number): return .number(number)
        case .bool(let value): return .bool(value)
        case .line(let field): return row.line.map { field.value($0, account: row.account) } ?? .missing
        case .slot(let slot): return row.value(of: slot)
        case .column(let column): return row.columns.indices.contains(column) ? row.columns[column] : .missing
        case .member(let inner, let path): return Self.member(inner.value(row), path)
        case .negated(let inner): return inner.value(row).number.map { .number(-$0) } ?? .missing
        case .not(let inner): return .bool(!inner.value(row).isTrue)
        case .and(let left, let right): return .bool(left.value(row).isTrue && right.value(row).isTrue)
        case .or(let left, let right): return .bool(left.value(row).isTrue || right.value(row).isTrue)
        case .arithmetic(let sign, let left, let right):
            guard let left = left.value(row).number, let right = right.value(row).number else { return .missing }
            return sign.value(left, right)
        case .compare(let sign, let left, let right): return .bool(sign.holds(left.value(row), right.value(row)))
        case .like(let inner, let pattern): return .bool(pattern.matches(inner.value(row), row.matcher))
        case .oneOf(let inner, let values):
            let wanted = inner.value(row)
            return .bool(values.contains { Value.isEqual(wanted, $0.value(row)) })
        case .call(let function, let arguments): return function.value(arguments, row)
        case .period, .field, .aggregate, .missing: return .missing
        }
    }

    private static func member(_ value: Value, _ path: [String]) -> Value {
        guard case .json(var json) = value else { return .missing }
        for name in path {
            guard let next = json[name] ?? Int(name).flatMap({ json[$0] }) else { return .missing }
            json = next
        }
        return Value(json)
    }
}

extension Value {
    init(_ json: JSON) {
        switch json {
        case .null: self = .missing
        case .bool(let value): self = .bool(value)
        case .string(let text): self = .text(Array(text.utf8))
        case .number(let number): self = .number(number.double)
        case .object, .array: self = .json(json)
        }
    }
}

extension ArithmeticOperator {
    func value(_ left: Double, _ right: Double) -> Value {
        let result: Double
        switch self {
        case .plus: result = left + right
        case .minus: result = left - right
        case .times: result = left * right
        case .divided: result = left / right
        case .power: result = pow(left, right)
        case .modulo: result = fmod(left, right)
        }
        return result.isFinite ? .number(result) : .missing
    }
}

extension ComparisonOperator {
    /// What is missing compares with nothing.
    func holds(_ left: Value, _ right: Value) -> Bool {
        guard !left.isMissing, !right.isMissing else { return false }
        switch self {
        case .equal: return Value.isEqual(left, right)
        case .notEqual: return !Value.isEqual(left, right)
        case .less: return Value.order(left, right) < 0
        case .lessOrEqual: return Value.order(left, right) <= 0
        case .greater: return Value.order(left, right) > 0
        case .greaterOrEqual: return Value.order(left, right) >= 0
        }
    }
}

extension Expression.Pattern {
    func matches(_ value: Value, _ matcher: RegexMatcher) -> Bool {
        guard !value.isMissing else { return false }
        return value.withBytes { text in
            switch self {
            case .text(let needle): cs_find(text.baseAddress, text.count, needle, needle.count) >= 0
            case .regex(let regex): matcher.matches(regex, text)
            }
        }
    }
}
