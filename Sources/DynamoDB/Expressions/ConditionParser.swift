import AWSCore
import JSON

extension ExpressionParser {
    private static let functions = [
        "attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size",
    ]

    mutating func condition() throws(ServiceError) -> Condition {
        let condition = try disjunction()
        try expectEnd()
        return condition
    }

    private mutating func disjunction() throws(ServiceError) -> Condition {
        var left = try conjunction()
        while takeKeyword("OR") { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(ServiceError) -> Condition {
        var left = try negation()
        while takeKeyword("AND") { left = .and(left, try negation()) }
        return left
    }

    private mutating func negation() throws(ServiceError) -> Condition {
        guard takeKeyword("NOT") else { return try primary() }
        return .not(try nested { parser throws(ServiceError) in try parser.negation() })
    }

    private mutating func primary() throws(ServiceError) -> Condition {
        if takeSymbol("(") {
            let inner = try nested { parser throws(ServiceError) in try parser.disjunction() }
            try expectSymbol(")")
            return inner
        }
        if case .word("size") = current.kind { return try comparison() }
        if let function = try takeFunction(Self.functions) { return try call(function) }
        return try comparison()
    }

    private mutating func call(_ function: String) throws(ServiceError) -> Condition {
        let condition: Condition
        switch function {
        case "attribute_exists": condition = .exists(try path())
        case "attribute_not_exists": condition = .notExists(try path())
        case "attribute_type":
            let path = try path()
            try expectSymbol(",")
            condition = .hasType(path, .value(try type(value())))
        default:
            let left = try operand()
            try expectSymbol(",")
            let right = try operand()
            condition = function == "contains" ? .contains(left, right) : .beginsWith(left, try prefix(right))
        }
        try expectSymbol(")")
        return condition
    }

    private func type(_ value: AttributeValue) throws(ServiceError) -> AttributeValue {
        guard case .string(let name) = value,
            ["S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"].contains(name)
        else {
            throw .validation(
                "Invalid \(kind): Invalid attribute type name found; type: , valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
            )
        }
        return value
    }

    private func prefix(_ operand: Operand) throws(ServiceError) -> Operand {
        if case .value(let value) = operand, !["S", "B"].contains(value.kind) {
            throw .validation(
                "Invalid \(kind): Incorrect operand type for operator or function; operator or function: begins_with, "
                    + "operand type: \(value.kind)")
        }
        return operand
    }

    private mutating func comparison() throws(ServiceError) -> Condition {
        let left = try sizeOrOperand()
        if takeKeyword("BETWEEN") {
            let low = try sizeOrOperand()
            guard takeKeyword("AND") else { throw syntaxError() }
            let high = try sizeOrOperand()
            try checkOrder(low, high)
            return .between(left, low, high)
        }
        if takeKeyword("IN") {
            try expectSymbol("(")
            var choices = [try operand()]
            while takeSymbol(",") { choices.append(try operand()) }
            try expectSymbol(")")
            guard choices.count <= 100 else { throw syntaxError() }
            return .isIn(left, choices)
        }
        guard case .symbol(let symbol) = current.kind, let comparison = Condition.Comparison(rawValue: symbol) else {
            throw syntaxError()
        }
        advance()
        return .compare(comparison, left, try sizeOrOperand())
    }

    private func checkOrder(_ low: Operand, _ high: Operand) throws(ServiceError) {
        guard case .value(let low) = low, case .value(let high) = high else { return }
        guard low.kind == high.kind else {
            throw .validation(
                "Invalid \(kind): The BETWEEN operator requires same data type for lower and upper bounds; "
                    + "lower bound operand: AttributeValue: {\(low.kind):…}, upper bound operand: AttributeValue: {\(high.kind):…}"
            )
        }
        guard high.isLess(than: low) != true else {
            throw .validation(
                "Invalid \(kind): The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                    + "lower bound operand: AttributeValue: \(low.json.text), upper bound operand: AttributeValue: \(high.json.text)"
            )
        }
    }

    private mutating func sizeOrOperand() throws(ServiceError) -> Operand {
        if case .word("size") = current.kind, try takeFunction(Self.functions) != nil { return try sizeArgument() }
        return try operand()
    }

    private mutating func sizeArgument() throws(ServiceError) -> Operand {
        let path = try path()
        try expectSymbol(")")
        return .size(path)
    }

    mutating func operand() throws(ServiceError) -> Operand {
        if case .value = current.kind { return .value(try value()) }
        return .path(try path())
    }
}
