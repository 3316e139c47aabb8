import JSON

/// The rule of a Choice in a few characters, for the line that it takes: `stock > 0`.
enum ConditionText {
    private static let deepest = 8

    static func text(of rule: JSON, level: Int = 0) -> String {
        guard level < deepest else { return "…" }
        if let condition = rule["Condition"]?.string { return expression(condition) }
        if let parts = rule["And"]?.array { return joined(parts, "and", level) }
        if let parts = rule["Or"]?.array { return joined(parts, "or", level) }
        if let part = rule["Not"] { return "not \(text(of: part, level: level + 1))" }
        guard let object = rule.object,
            let found = object.first(where: { key, _ in key != "Variable" && key != "Next" && sign(of: key) != nil }),
            let sign = sign(of: found.0)
        else { return "" }
        let variable = short(path: rule["Variable"]?.string ?? "")
        if let test = test(found.0) {
            return found.1.bool == false ? "\(variable) not \(test)" : "\(variable) \(test)"
        }
        return "\(variable) \(sign) \(operand(found.0, found.1))"
    }

    private static func joined(_ parts: [JSON], _ word: String, _ level: Int) -> String {
        parts.prefix(3).map { text(of: $0, level: level + 1) }.joined(separator: " \(word) ")
            + (parts.count > 3 ? " …" : "")
    }

    private static func expression(_ text: String) -> String {
        var inner = text[...]
        if inner.hasPrefix("{%") { inner = inner.dropFirst(2) }
        if inner.hasSuffix("%}") { inner = inner.dropLast(2) }
        // What a state looks at is mostly its input: the names in it are enough.
        let words = inner.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.split(separator: "$states.input.", omittingEmptySubsequences: false).joined()
    }

    private static func short(path: String) -> String {
        path.hasPrefix("$.") ? String(path.dropFirst(2)) : path
    }

    private static func operand(_ name: String, _ value: JSON) -> String {
        if name.hasSuffix("Path"), let path = value.string { return short(path: path) }
        return value.string ?? value.text
    }

    private static func test(_ name: String) -> String? {
        switch name {
        case "IsNull": "null"
        case "IsPresent": "present"
        case "IsString": "a string"
        case "IsNumeric": "a number"
        case "IsBoolean": "a boolean"
        case "IsTimestamp": "a time"
        default: nil
        }
    }

    private static func sign(of name: String) -> String? {
        let base = name.hasSuffix("Path") ? String(name.dropLast(4)) : name
        if test(base) != nil { return "" }
        for kind in ["String", "Numeric", "Boolean", "Timestamp"] where base.hasPrefix(kind) {
            switch base.dropFirst(kind.count) {
            case "Equals": return "="
            case "LessThan": return "<"
            case "GreaterThan": return ">"
            case "LessThanEquals": return "≤"
            case "GreaterThanEquals": return "≥"
            case "Matches": return "~"
            default: return nil
            }
        }
        return nil
    }
}
