extension Renderer {
    mutating func evaluate(_ expression: Expression) throws(VelocityError) -> VelocityValue {
        depth += 1
        defer { depth -= 1 }
        try count()
        switch expression {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .integer(let value): return .integer(value)
        case .decimal(let value): return .decimal(value)
        case .string(let text): return .string(text)
        case .template(let nodes):
            var output: [UInt8] = []
            _ = try run(nodes, into: &output)
            return .string(String(decoding: output, as: UTF8.self))
        case .list(let elements): return .list(VelocityList(try evaluate(elements)))
        case .range(let first, let last): return try range(evaluate(first), evaluate(last))
        case .map(let members):
            let map = VelocityMap()
            for (key, value) in members { map[try evaluate(key).text] = try evaluate(value) }
            return .map(map)
        case .reference(let reference): return try value(of: reference)
        case .not(let operand): return .bool(!(try evaluate(operand)).isTrue)
        case .negative(let operand): return Arithmetic.result(.minus, .integer(0), try evaluate(operand))
        case .binary(.or, let left, let right):
            return .bool(try evaluate(left).isTrue ? true : try evaluate(right).isTrue)
        case .binary(.and, let left, let right):
            return .bool(try evaluate(left).isTrue ? try evaluate(right).isTrue : false)
        case .binary(let sign, let left, let right):
            let result = Arithmetic.result(sign, try evaluate(left), try evaluate(right))
            if case .string(let text) = result, text.utf8.count > Limits.text {
                throw VelocityError("a string has more than \(Limits.text) bytes")
            }
            return result
        }
    }

    mutating func evaluate(_ expressions: [Expression]) throws(VelocityError) -> [VelocityValue] {
        var values: [VelocityValue] = []
        for expression in expressions { values.append(try evaluate(expression)) }
        return values
    }

    private func range(_ first: VelocityValue, _ last: VelocityValue) throws(VelocityError) -> VelocityValue {
        guard case .integer(let first) = first, case .integer(let last) = last else { return .null }
        let (distance, isOver) = last.subtractingReportingOverflow(first)
        guard !isOver, distance.magnitude < Limits.elements else {
            throw VelocityError("a range has more than \(Limits.elements) numbers")
        }
        return .list(
            VelocityList(stride(from: first, through: last, by: last < first ? -1 : 1).map(VelocityValue.integer)))
    }

    mutating func value(of reference: Reference) throws(VelocityError) -> VelocityValue {
        guard var value = variable(reference.name) else { return .null }
        for step in reference.steps {
            try count()
            guard !value.isNull else { return .null }
            switch step {
            case .property(let name): value = try Self.property(name, of: value)
            case .method(let name, let arguments):
                value = try Methods.call(name, evaluate(arguments), on: value)
            case .index(let index): value = try Self.element(try evaluate(index), of: value)
            }
        }
        return value
    }

    private static func property(_ name: String, of value: VelocityValue) throws(VelocityError) -> VelocityValue {
        switch value {
        case .map(let map): map[name] ?? .null
        case .object(let object): try object.property(name) ?? .null
        case .list(let list) where name == "empty": .bool(list.elements.isEmpty)
        case .string(let text) where name == "empty": .bool(text.isEmpty)
        default: .null
        }
    }

    private static func element(_ index: VelocityValue, of value: VelocityValue) throws(VelocityError) -> VelocityValue
    {
        switch (value, index) {
        case (.list(let list), .integer(let place)):
            // From the end when negative.
            let place = place < 0 ? list.elements.count + place : place
            return list.elements.indices.contains(place) ? list.elements[place] : .null
        case (.map(let map), let key): return map[key.text] ?? .null
        case (.object(let object), let key): return try object.property(key.text) ?? .null
        default: return .null
        }
    }
}

/// Operators on values. What has no result (a division by zero, a number too large) gives nothing.
enum Arithmetic {
    static func result(_ sign: Expression.Operator, _ left: VelocityValue, _ right: VelocityValue) -> VelocityValue {
        switch sign {
        case .equal: return .bool(isEqual(left, right))
        case .unequal: return .bool(!isEqual(left, right))
        case .less: return compare(left, right, <)
        case .lessOrEqual: return compare(left, right, <=)
        case .greater: return compare(left, right, >)
        case .greaterOrEqual: return compare(left, right, >=)
        case .plus:
            if case .string = left { return .string(left.text + right.text) }
            if case .string = right { return .string(left.text + right.text) }
            return numbers(left, right, { $0.addingReportingOverflow($1) }, +)
        case .minus: return numbers(left, right, { $0.subtractingReportingOverflow($1) }, -)
        case .times: return numbers(left, right, { $0.multipliedReportingOverflow(by: $1) }, *)
        case .over: return numbers(left, right, { $0.dividedReportingOverflow(by: $1) }, /)
        case .modulo:
            return numbers(left, right, { $0.remainderReportingOverflow(dividingBy: $1) }) {
                $0.truncatingRemainder(dividingBy: $1)
            }
        case .and, .or: return .null
        }
    }

    static func isEqual(_ left: VelocityValue, _ right: VelocityValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.null, _), (_, .null): false
        case (.list(let left), .list(let right)) where left === right: true
        case (.map(let left), .map(let right)) where left === right: true
        default:
            if let left = number(left), let right = number(right) { left == right } else { left.text == right.text }
        }
    }

    private static func compare(
        _ left: VelocityValue, _ right: VelocityValue, _ isOrdered: (Double, Double) -> Bool
    ) -> VelocityValue {
        guard let left = number(left), let right = number(right) else { return .bool(false) }
        return .bool(isOrdered(left, right))
    }

    private static func number(_ value: VelocityValue) -> Double? {
        switch value {
        case .integer(let value): Double(value)
        case .decimal(let value): value
        default: nil
        }
    }

    private static func numbers(
        _ left: VelocityValue, _ right: VelocityValue, _ whole: (Int, Int) -> (partialValue: Int, overflow: Bool),
        _ decimal: (Double, Double) -> Double
    ) -> VelocityValue {
        if case .integer(let left) = left, case .integer(let right) = right {
            let (value, isOver) = whole(left, right)
            return isOver ? .null : .integer(value)
        }
        guard let left = number(left), let right = number(right) else { return .null }
        let value = decimal(left, right)
        return value.isFinite ? .decimal(value) : .null
    }
}
