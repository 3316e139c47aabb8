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
        if current.kind == .symbol("("), !isOperandInParentheses {
            advance()
            let isWrapped = isRedundant
            let inner = try nested { parser throws(ServiceError) in try parser.disjunction() }
            try expectSymbol(")")
            guard !isWrapped else { throw invalid("The expression has redundant parentheses;") }
            return inner
        }
        if case .word("size") = current.kind { return try comparison() }
        guard let function = try takeFunction(Self.functions) else { return try comparison() }
        let call = try call(function)
        if case .symbol(let symbol) = current.kind, Condition.Comparison(rawValue: symbol) != nil {
            throw notAllowed(function)
        }
        return call
    }

    /// Whether all up to the closing parenthesis is in parentheses once more.
    private var isRedundant: Bool {
        guard current.kind == .symbol("(") else { return false }
        var depth = 0
        var ahead = 0
        while true {
            switch token(ahead: ahead).kind {
            case .symbol("("): depth += 1
            case .symbol(")"): depth -= 1
            case .end: return false
            default: break
            }
            ahead += 1
            if depth == 0 { return token(ahead: ahead).kind == .symbol(")") }
        }
    }

    /// Whether a path or a value stands alone in the parentheses that begin here.
    private var isOperandInParentheses: Bool {
        var ahead = 1
        while true {
            switch token(ahead: ahead).kind {
            case .word(let word) where ["AND", "OR", "NOT", "BETWEEN", "IN"].contains(word.uppercased()): return false
            case .word, .placeholder, .value, .number, .symbol("."), .symbol("["), .symbol("]"): ahead += 1
            case .symbol(")"): return ahead > 1
            default: return false
            }
        }
    }

    private mutating func call(_ function: String) throws(ServiceError) -> Condition {
        let operands = try arguments(function)
        switch function {
        case "attribute_exists": return .exists(try path(operands, function))
        case "attribute_not_exists": return .notExists(try path(operands, function))
        case "attribute_type":
            try checkType(operands[1])
            return .hasType(try path(operands, function), operands[1])
        case "begins_with":
            for operand in operands {
                guard let kind = operand.knownKind, !["S", "B"].contains(kind) else { continue }
                throw wrongOperand(function, kind)
            }
            return .beginsWith(operands[0], operands[1])
        default: return .contains(operands[0], operands[1])
        }
    }

    /// The operands up to the closing parenthesis, as many as the function takes.
    private mutating func arguments(_ function: String) throws(ServiceError) -> [Operand] {
        var operands: [Operand] = []
        repeat {
            operands.append(try nested { parser throws(ServiceError) in try parser.sizeOrOperand() })
        } while takeSymbol(",")
        try expectSymbol(")")
        let count = ["attribute_exists", "attribute_not_exists", "size"].contains(function) ? 1 : 2
        guard operands.count == count else { throw wrongCount(function, operands.count) }
        if count == 2 { try checkDistinct(operands[0], [operands[1]], function) }
        return operands
    }

    private func path(_ operands: [Operand], _ function: String) throws(ServiceError) -> DocumentPath {
        guard case .path(let path)? = operands.first else { throw needsPath(function) }
        return path
    }

    private func checkType(_ operand: Operand) throws(ServiceError) {
        guard case .value(let value) = operand else { throw wrongOperand("attribute_type", operand.knownKind ?? "{}") }
        guard case .string(let name) = value else { throw wrongOperand("attribute_type", value.kind) }
        guard ["S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"].contains(name) else {
            throw invalid(
                "Invalid attribute type name found; type: \(name), valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}")
        }
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
        if takeKeyword("IN") { return .isIn(left, try choices()) }
        guard case .symbol(let symbol) = current.kind, let comparison = Condition.Comparison(rawValue: symbol) else {
            if case .size = left { throw notAllowed("size") }
            throw syntaxError()
        }
        advance()
        let right = try sizeOrOperand()
        try checkDistinct(left, [right], symbol)
        try checkOrdered(comparison, [left, right])
        return .compare(comparison, left, right)
    }

    private mutating func choices() throws(ServiceError) -> [Operand] {
        try expectSymbol("(")
        var choices: [Operand] = []
        repeat { choices.append(try sizeOrOperand()) } while takeSymbol(",")
        try expectSymbol(")")
        guard choices.count <= 100 else { throw wrongCount("IN", choices.count + 1) }
        return choices
    }

    private func checkOrder(_ low: Operand, _ high: Operand) throws(ServiceError) {
        guard case .value(let low) = low, case .value(let high) = high else { return }
        let bounds =
            "lower bound operand: AttributeValue: \(low.shown), upper bound operand: AttributeValue: \(high.shown)"
        guard low.kind == high.kind else {
            throw invalid("The BETWEEN operator requires same data type for lower and upper bounds; \(bounds)")
        }
        guard high.isLess(than: low) != true else {
            throw invalid(
                "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; \(bounds)")
        }
    }

    /// - Throws: for values that have no order.
    private func checkOrdered(_ comparison: Condition.Comparison, _ operands: [Operand]) throws(ServiceError) {
        guard comparison != .equal, comparison != .notEqual else { return }
        for operand in operands {
            guard let kind = operand.knownKind, !["S", "N", "B"].contains(kind) else { continue }
            throw wrongOperand(comparison.rawValue, kind)
        }
    }

    private func checkDistinct(_ first: Operand, _ rest: [Operand], _ name: String) throws(ServiceError) {
        guard case .path(let path) = first else { return }
        for case .path(let other) in rest where other == path {
            throw invalid(
                "The first operand must be distinct from the remaining operands for this operator or function; "
                    + "operator: \(name), first operand: \(path.text)")
        }
    }

    mutating func sizeOrOperand() throws(ServiceError) -> Operand {
        guard let function = try takeFunction(Self.functions) else { return try operand() }
        guard function == "size" else { throw notAllowed(function) }
        let operand = try arguments(function)[0]
        if let kind = operand.knownKind, ["N", "BOOL", "NULL"].contains(kind) { throw wrongOperand(function, kind) }
        return .size(operand)
    }

    mutating func operand() throws(ServiceError) -> Operand {
        if takeSymbol("(") {
            guard current.kind != .symbol("(") else { throw invalid("The expression has redundant parentheses;") }
            let inner = try operand()
            try expectSymbol(")")
            return inner
        }
        if case .value = current.kind { return .value(try value()) }
        return .path(try path())
    }
}

extension ExpressionParser {
    func wrongOperand(_ function: String, _ kind: String) -> ServiceError {
        invalid(
            "Incorrect operand type for operator or function; operator or function: \(function), operand type: \(kind)")
    }

    func wrongCount(_ function: String, _ count: Int) -> ServiceError {
        invalid(
            "Incorrect number of operands for operator or function; operator or function: \(function), "
                + "number of operands: \(count)")
    }

    func needsPath(_ function: String) -> ServiceError {
        invalid("Operator or function requires a document path; operator or function: \(function)")
    }

    private func notAllowed(_ function: String) -> ServiceError {
        invalid("The function is not allowed to be used this way in an expression; function: \(function)")
    }
}

extension Operand {
    /// The type that it has whatever the item is.
    fileprivate var knownKind: String? {
        switch self {
        case .value(let value): value.kind
        case .size: "N"
        default: nil
        }
    }
}

extension AttributeValue {
    /// `{S:a}`, as errors show it.
    fileprivate var shown: String {
        switch self {
        case .string(let text): "{S:\(text)}"
        case .number(let number): "{N:\(number.text)}"
        default: "{\(kind):\(json[kind]?.text ?? "")}"
        }
    }
}
