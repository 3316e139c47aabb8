package import JSON

/// One comparison or condition of a Choice rule as it was evaluated.
package struct ChoiceObservation: Hashable, Sendable {
    /// `$.total NumericGreaterThan 10`, or the JSONata expression.
    package var text: String
    /// What `Variable` led to.
    package var value: JSON?
    /// The constant, or what a `…Path` led to.
    package var operand: JSON?
    package var isMatch: Bool
}

extension EvaluationScope {
    /// - Parameters:
    ///   - document: the effective input.
    ///   - rule: its place in `Choices`.
    ///   - observe: is told every comparison that was made.
    package func isMatch(
        _ condition: ChoiceCondition, _ document: JSON, rule: Int, observe: ((ChoiceObservation) -> Void)? = nil
    ) throws(StateFailure) -> Bool {
        switch condition {
        case .and(let parts):
            for part in parts where try !isMatch(part, document, rule: rule, observe: observe) { return false }
            return true
        case .or(let parts):
            for part in parts where try isMatch(part, document, rule: rule, observe: observe) { return true }
            return false
        case .not(let part): return try !isMatch(part, document, rule: rule, observe: observe)
        case .compare(let comparison): return try isMatch(comparison, document, observe: observe)
        case .expression(let template):
            let field = "Choices[\(rule)]/Condition"
            let value = try evaluate(template, with: StatesObject(), field: field)
            let isMatch = try typed(value, "boolean", of: template, field).bool == true
            observe?(ChoiceObservation(text: template.text, value: value, operand: nil, isMatch: isMatch))
            return isMatch
        case .unreadable(let reason): throw .runtime("The choice rule cannot be read: \(reason)")
        }
    }

    private func isMatch(
        _ comparison: ChoiceComparison, _ document: JSON, observe: ((ChoiceObservation) -> Void)?
    ) throws(StateFailure) -> Bool {
        let value = try value(comparison.variable, document, isRequired: comparison.relation != .isPresent)
        let operand = try self.value(comparison.operand, document, isRequired: true)
        let isMatch = comparison.isMatch(value, operand ?? .null)
        observe?(
            ChoiceObservation(
                text: "\(comparison.variable.text) \(comparison.name) \(comparison.operand.text)", value: value,
                operand: operand, isMatch: isMatch))
        return isMatch
    }

    private func value(
        _ template: PayloadTemplate, _ document: JSON, isRequired: Bool
    ) throws(StateFailure) -> JSON? {
        switch template {
        case .constant(let constant): return constant
        case .reference(let reference):
            if let found = value(reference, in: document) { return found }
            guard isRequired else { return nil }
            throw .runtime(
                "Invalid path '\(reference.text)': The choice state's condition path references an invalid value.")
        default: return try fill(template, with: document, field: "Variable")
        }
    }
}

extension ChoiceComparison {
    /// - Parameter value: `nil` when there is none.
    func isMatch(_ value: JSON?, _ operand: JSON) -> Bool {
        switch relation {
        case .isPresent: return (value != nil) == (operand.bool ?? true)
        case .isNull: return (value == .null) == (operand.bool ?? true)
        case .isType: return value.map(isOfType) == (operand.bool ?? true)
        case .matches:
            guard let text = value?.string, let pattern = operand.string else { return false }
            return WildcardPattern.matches(text, pattern)
        case .equals, .less, .greater, .lessOrEqual, .greaterOrEqual:
            guard let value, let order = order(value, operand) else { return false }
            return isOf(order)
        }
    }

    private func isOfType(_ value: JSON) -> Bool {
        switch subject {
        case .string: value.string != nil
        case .numeric: value.number != nil
        case .boolean: value.bool != nil
        case .timestamp: value.string.flatMap(ISOTimestamp.parse) != nil
        }
    }

    /// Below, at or above zero; `nil` when they cannot be compared.
    private func order(_ left: JSON, _ right: JSON) -> Int? {
        switch subject {
        case .string:
            guard let left = left.string, let right = right.string else { return nil }
            return left == right ? 0 : left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
        case .numeric:
            guard let left = left.number, let right = right.number else { return nil }
            if let left = left.int, let right = right.int { return left < right ? -1 : left == right ? 0 : 1 }
            return left.double < right.double ? -1 : left.double == right.double ? 0 : 1
        case .boolean:
            guard let left = left.bool, let right = right.bool else { return nil }
            return left == right ? 0 : 1
        case .timestamp:
            guard let left = left.string.flatMap(ISOTimestamp.parse),
                let right = right.string.flatMap(ISOTimestamp.parse)
            else { return nil }
            return left < right ? -1 : left == right ? 0 : 1
        }
    }

    private func isOf(_ order: Int) -> Bool {
        switch relation {
        case .equals: order == 0
        case .less: order < 0
        case .greater: order > 0
        case .lessOrEqual: order <= 0
        case .greaterOrEqual: order >= 0
        default: false
        }
    }
}

/// `*` is any text, `\*` a star, `\\` a backslash.
enum WildcardPattern {
    private enum Part: Equatable {
        case byte(UInt8)
        case any
    }

    static func matches(_ text: String, _ pattern: String) -> Bool {
        let bytes = Array(text.utf8)
        let parts = self.parts(of: pattern)
        var place = 0
        var part = 0
        var retry: (part: Int, place: Int)?
        while place < bytes.count {
            if part < parts.count, parts[part] == .any {
                retry = (part, place)
                part += 1
            } else if part < parts.count, parts[part] == .byte(bytes[place]) {
                part += 1
                place += 1
            } else if let last = retry {
                retry = (last.part, last.place + 1)
                part = last.part + 1
                place = last.place + 1
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { $0 == .any }
    }

    private static func parts(of pattern: String) -> [Part] {
        var parts: [Part] = []
        var isEscaped = false
        for byte in pattern.utf8 {
            if !isEscaped, byte == UInt8(ascii: "\\") {
                isEscaped = true
                continue
            }
            parts.append(!isEscaped && byte == UInt8(ascii: "*") ? .any : .byte(byte))
            isEscaped = false
        }
        if isEscaped { parts.append(.byte(UInt8(ascii: "\\"))) }
        return parts
    }
}
