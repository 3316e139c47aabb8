import JSON

/// Values as `$string` writes them.
enum ValueText {
    static func string(_ value: Value, isPretty: Bool = false) throws(JSONataError) -> String {
        switch value {
        case .string(let text): return text
        case .function: return ""
        case .number(let number) where !number.isFinite:
            throw JSONataError("D3001", "Attempting to invoke string function on Infinity or NaN")
        default: break
        }
        var text = ""
        try write(value, to: &text, indent: isPretty ? "\n" : nil)
        return text
    }

    /// - Parameter indent: a line break and the white space of this level; `nil` for one line.
    private static func write(_ value: Value, to text: inout String, indent: String?) throws(JSONataError) {
        switch value {
        case .undefined, .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let number): text += number.isFinite ? NumberText.rounded(number) : "null"
        case .exact(let number): text += NumberText.rounded(number.fastDouble)
        case .string(let string): text += quoted(string)
        case .function, .tuple: text += "\"\""
        case .array, .list: try write(elements: value.asElements, to: &text, indent: indent)
        case .object, .record: try write(members: value, to: &text, indent: indent)
        }
    }

    private static func write(elements: [Value], to text: inout String, indent: String?) throws(JSONataError) {
        guard !elements.isEmpty else {
            text += "[]"
            return
        }
        let inner = indent.map { $0 + "  " }
        text += "["
        for (place, element) in elements.enumerated() {
            if place > 0 { text += "," }
            text += inner ?? ""
            try write(element, to: &text, indent: inner)
        }
        text += (indent ?? "") + "]"
    }

    private static func write(members value: Value, to text: inout String, indent: String?) throws(JSONataError) {
        let (keys, values) = (value.keys ?? [], value.memberValues ?? [])
        guard !keys.isEmpty else {
            text += "{}"
            return
        }
        let inner = indent.map { $0 + "  " }
        text += "{"
        for (place, (key, member)) in zip(keys, values).enumerated() {
            if place > 0 { text += "," }
            text += inner ?? ""
            text += quoted(key) + (indent == nil ? ":" : ": ")
            try write(member, to: &text, indent: inner)
        }
        text += (indent ?? "") + "}"
    }

    static func quoted(_ string: String) -> String {
        var bytes: [UInt8] = []
        JSON.write(string, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A value in an error message: JSON, shortened.
func describe(_ value: Value) -> String {
    switch value {
    case .undefined: return "undefined"
    case .function: return "a function"
    default: break
    }
    if case .string(let text) = value { return ValueText.quoted(String(text.prefix(200))) }
    let text = (try? ValueText.string(value)) ?? "a value"
    return text.count > 200 ? text.prefix(200) + "…" : text
}

func describeValue(_ value: Value) -> String { describe(value) }
