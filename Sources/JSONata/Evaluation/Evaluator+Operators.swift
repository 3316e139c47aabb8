#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Evaluator {
    private func operand(_ value: Value, _ code: String, _ symbol: BinaryOperator, _ node: Node) throws(JSONataError)
        -> Double?
    {
        if value.isUndefined { return nil }
        guard let number = value.number else {
            let side = code == "T2001" ? "left" : "right"
            throw JSONataError(
                code, "The \(side) side of the \"\(symbol.rawValue)\" operator must evaluate to a number",
                at: node.position)
        }
        guard number.isFinite else { throw Self.outOfRange(number, node) }
        return number
    }

    static func outOfRange(_ number: Double, _ node: Node?) -> JSONataError {
        JSONataError("D1001", "Number out of range: \(NumberText.of(number))", at: node?.position)
    }

    func arithmetic(
        _ symbol: BinaryOperator, _ node: Node, _ left: Value, _ right: Value
    ) throws(JSONataError) -> Value {
        let left = try operand(left, "T2001", symbol, node)
        let right = try operand(right, "T2002", symbol, node)
        guard let left, let right else { return .undefined }
        switch symbol {
        case .add: return .number(left + right)
        case .subtract: return .number(left - right)
        case .multiply: return .number(left * right)
        case .divide: return .number(left / right)
        default: return .number(fmod(left, right))
        }
    }

    func negate(_ node: Node, _ value: Value) throws(JSONataError) -> Value {
        if value.isUndefined { return .undefined }
        guard let number = value.number else {
            throw JSONataError("D1002", "Cannot negate a non-numeric value: \(describe(value))", at: node.position)
        }
        guard number.isFinite else { throw Self.outOfRange(number, node) }
        return .number(-number)
    }

    func comparison(
        _ symbol: BinaryOperator, _ node: Node, _ left: Value, _ right: Value
    ) throws(JSONataError) -> Value {
        if let left = left.number, let right = right.number {
            switch symbol {
            case .less: return .bool(left < right)
            case .lessOrEqual: return .bool(left <= right)
            case .greater: return .bool(left > right)
            default: return .bool(left >= right)
            }
        }
        for value in [left, right] where !value.isUndefined && value.number == nil && value.string == nil {
            throw JSONataError(
                "T2010",
                "The expressions either side of operator \"\(symbol.rawValue)\" must evaluate to numeric or string values",
                at: node.position)
        }
        if left.isUndefined || right.isUndefined { return .undefined }
        guard let first = left.string, let second = right.string else {
            throw JSONataError(
                "T2009",
                "The values \(describe(left)) and \(describe(right)) either side of operator "
                    + "\"\(symbol.rawValue)\" must be of the same data type", at: node.position)
        }
        switch symbol {
        case .less: return .bool(TextOrder.isLess(first, second))
        case .lessOrEqual: return .bool(!TextOrder.isLess(second, first))
        case .greater: return .bool(TextOrder.isLess(second, first))
        default: return .bool(!TextOrder.isLess(first, second))
        }
    }

    func concatenate(_ left: Node, _ right: Node, _ input: Value, _ frame: Frame?) throws(JSONataError) -> Value {
        let left = try text(of: try evaluate(left, input, frame))
        let right = try text(of: try evaluate(right, input, frame))
        try spend((left.utf8.count + right.utf8.count) / 16)
        return .string(left + right)
    }

    private func text(of value: Value) throws(JSONataError) -> String {
        switch value {
        case .undefined: ""
        case .string(let text): text
        default: try ValueText.string(value)
        }
    }

    /// Elements that one range may have.
    static let longestRange = 10_000_000

    func range(_ node: Node, _ left: Value, _ right: Value) throws(JSONataError) -> Value {
        let start = try bound(left, "T2003", "left", node)
        let end = try bound(right, "T2004", "right", node)
        guard let start, let end, start <= end else { return .undefined }
        let size = end - start + 1
        guard size <= Double(Self.longestRange) else {
            throw JSONataError(
                "D2014",
                "The size of the sequence allocated by the range operator (..) must not exceed 1e6.  "
                    + "Attempted to allocate \(NumberText.of(size)).", at: node.position)
        }
        try spend(Int(size) / 4)
        let list = List.sequence()
        list.items.reserveCapacity(Int(size))
        var value = start
        for _ in 0..<Int(size) {
            list.append(.number(value))
            value += 1
        }
        return .list(list)
    }

    private func bound(_ value: Value, _ code: String, _ side: String, _ node: Node) throws(JSONataError) -> Double? {
        if value.isUndefined { return nil }
        guard let number = value.number, number == number.rounded(), number.isFinite else {
            throw JSONataError(
                code, "The \(side) side of the range operator (..) must evaluate to an integer", at: node.position)
        }
        return number
    }
}
