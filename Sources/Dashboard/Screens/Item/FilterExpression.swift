import JSON

/// What is wrong with a condition that a person typed.
package struct ConditionProblem: Error, Hashable {
    package let text: String
}

/// A condition as a person types it, `total > 10 and status = "paid"`, made into DynamoDB's expression, where names and
/// values stand apart: so reserved words and odd names need no care.
struct FilterExpression {
    private(set) var text = ""
    private(set) var names = JSONObject()
    private(set) var values = JSONObject()

    private static let words: Set<String> = ["and", "or", "not", "between", "in"]
    private static let functions: Set<String> = [
        "attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size",
    ]

    /// Adds a condition; what is there already must hold as well.
    mutating func and(_ condition: String) throws(ConditionProblem) {
        var rest = condition[...]
        var parts: [String] = []
        while let character = rest.first {
            guard !character.isWhitespace else {
                rest = rest.dropFirst()
                continue
            }
            parts.append(try part(&rest))
        }
        guard !parts.isEmpty else { return }
        let joined = parts.joined(separator: " ")
        text = text.isEmpty ? joined : "(\(text)) AND (\(joined))"
    }

    private mutating func part(_ rest: inout Substring) throws(ConditionProblem) -> String {
        guard let first = rest.first else { return "" }
        if first == "\"" || first == "'" { return value(["S": .string(try Self.string(&rest))]) }
        if first.isNumber || first == "-" || first == "+" {
            let number = rest.prefix { $0.isNumber || "+-.eE".contains($0) }
            rest = rest.dropFirst(number.count)
            return value(["N": .string(String(number))])
        }
        if first.isLetter || first == "_" || first == "#" || first == ":" { return word(&rest) }
        for symbol in ["<>", "<=", ">=", "=", "<", ">", "(", ")", ","] where rest.hasPrefix(symbol) {
            rest = rest.dropFirst(symbol.count)
            return symbol
        }
        throw ConditionProblem(text: "\(first) is none of the signs of a condition; texts stand in \"quotes\"")
    }

    /// A keyword, a function, `true`, `false`, `null`, or a path of names.
    private mutating func word(_ rest: inout Substring) -> String {
        let path = rest.prefix { $0.isLetter || $0.isNumber || "_-.#:[]".contains($0) }
        rest = rest.dropFirst(path.count)
        let word = path.lowercased()
        if Self.words.contains(word) { return word.uppercased() }
        if Self.functions.contains(word), rest.first(where: { !$0.isWhitespace }) == "(" { return word }
        switch word {
        case "true", "false": return value(["BOOL": .bool(word == "true")])
        case "null": return value(["NULL": true])
        default: return path.split(separator: ".").map { element(String($0)) }.joined(separator: ".")
        }
    }

    /// A name, or a name with places: `lines[0]`.
    private mutating func element(_ text: String) -> String {
        let bare = String(text.prefix { $0 != "[" })
        return name(bare) + text.dropFirst(bare.count)
    }

    /// The placeholder of an attribute's name.
    mutating func name(_ name: String) -> String {
        if let known = names.first(where: { $0.1.string == name }) { return known.0 }
        let placeholder = "#n\(names.count)"
        names[placeholder] = .string(name)
        return placeholder
    }

    /// The placeholder of a value.
    mutating func value(_ value: JSON) -> String {
        let placeholder = ":v\(values.count)"
        values[placeholder] = value
        return placeholder
    }

    private static func string(_ rest: inout Substring) throws(ConditionProblem) -> String {
        let quote = rest.removeFirst()
        var text = ""
        while let character = rest.popFirst() {
            if character == quote { return text }
            text.append(character == "\\" ? rest.popFirst() ?? "\\" : character)
        }
        throw ConditionProblem(text: "the text \(quote)\(text) has no end")
    }
}
