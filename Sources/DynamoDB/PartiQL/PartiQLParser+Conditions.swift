import AWSCore
import JSON

extension PartiQLParser {
    private static let keywords: Set<String> = [
        "AND", "OR", "NOT", "IS", "IN", "BETWEEN", "WHERE", "ORDER", "SET", "REMOVE", "RETURNING", "FROM", "SELECT",
        "VALUE",
    ]

    mutating func condition() throws(ServiceError) -> Condition {
        try nested { parser throws(ServiceError) in
            var left = try parser.conjunction()
            while parser.take(word: "OR") { left = .or(left, try parser.conjunction()) }
            return left
        }
    }

    private mutating func conjunction() throws(ServiceError) -> Condition {
        var left = try negation()
        while take(word: "AND") { left = .and(left, try negation()) }
        return left
    }

    private mutating func negation() throws(ServiceError) -> Condition {
        guard take(word: "NOT") else { return try primary() }
        return .not(try nested { parser throws(ServiceError) in try parser.negation() })
    }

    private mutating func primary() throws(ServiceError) -> Condition {
        if take(symbol: "(") {
            let inner = try condition()
            try expect(symbol: ")")
            return inner
        }
        if let function = takeFunction(["begins_with", "contains", "attribute_type"]) { return try call(function) }
        return try comparison()
    }

    /// A function's name and its parenthesis.
    private mutating func takeFunction(_ names: [String]) -> String? {
        guard case .word(let word) = current, names.contains(word.lowercased()), next == .symbol("(") else {
            return nil
        }
        advance()
        advance()
        return word.lowercased()
    }

    private mutating func call(_ function: String) throws(ServiceError) -> Condition {
        let first = try operand()
        try expect(symbol: ",")
        let second = try operand()
        try expect(symbol: ")")
        switch function {
        case "begins_with": return .beginsWith(first, second)
        case "contains": return .contains(first, second)
        default:
            guard case .path(let path) = first else { throw .malformed("attribute_type takes an attribute") }
            return .hasType(path, second)
        }
    }

    private mutating func comparison() throws(ServiceError) -> Condition {
        let left = try operand()
        if take(word: "IS") { return try identity(left) }
        let isNegated = take(word: "NOT")
        if take(word: "BETWEEN") {
            let low = try operand()
            try expect(word: "AND")
            let between = Condition.between(left, low, try operand())
            return isNegated ? .not(between) : between
        }
        if take(word: "IN") {
            let choice = Condition.isIn(left, try choices())
            return isNegated ? .not(choice) : choice
        }
        guard !isNegated, case .symbol(let symbol) = current,
            let comparison = Condition.Comparison(rawValue: symbol == "!=" ? "<>" : symbol)
        else { throw unexpected() }
        advance()
        let right = try operand()
        // A value may stand first: the attribute is what is looked for.
        guard case .value = left, case .path = right else { return .compare(comparison, left, right) }
        return .compare(comparison.flipped, right, left)
    }

    private mutating func identity(_ left: Operand) throws(ServiceError) -> Condition {
        guard case .path(let path) = left else { throw unexpected() }
        let isNegated = take(word: "NOT")
        let condition: Condition
        if take(word: "MISSING") {
            condition = .notExists(path)
        } else {
            try expect(word: "NULL")
            condition = .compare(.equal, left, .value(.null))
        }
        return isNegated ? .not(condition) : condition
    }

    private mutating func choices() throws(ServiceError) -> [Operand] {
        let isList = take(symbol: "[")
        if !isList { try expect(symbol: "(") }
        var choices = [try operand()]
        while take(symbol: ",") { choices.append(try operand()) }
        try expect(symbol: isList ? "]" : ")")
        guard choices.count <= 100 else { throw .malformed("IN takes at most 100 values") }
        return choices
    }

    private mutating func operand() throws(ServiceError) -> Operand {
        if takeFunction(["size"]) != nil {
            let inner = Operand.path(try path())
            try expect(symbol: ")")
            return .size(inner)
        }
        return startsPath ? .path(try path()) : .value(try value())
    }

    private var startsPath: Bool {
        switch current {
        case .quoted: return true
        case .word(let word): return !["TRUE", "FALSE", "NULL", "MISSING"].contains(word.uppercased())
        default: return false
        }
    }

    /// What an update sets: a value, or a sum of two.
    mutating func sum() throws(ServiceError) -> Operand {
        let left = try term()
        if take(symbol: "+") { return .plus(left, try term()) }
        if take(symbol: "-") { return .minus(left, try term()) }
        return left
    }

    private mutating func term() throws(ServiceError) -> Operand {
        guard let function = takeFunction(["list_append", "if_not_exists"]) else {
            return startsPath ? .path(try path()) : .value(try value())
        }
        return try nested { parser throws(ServiceError) in
            let first = try parser.term()
            try parser.expect(symbol: ",")
            let second = try parser.term()
            try parser.expect(symbol: ")")
            guard function == "if_not_exists" else { return .append(first, second) }
            guard case .path(let path) = first else { throw .malformed("if_not_exists takes an attribute first") }
            return .ifNotExists(path, second)
        }
    }

    // MARK: Names

    mutating func name() throws(ServiceError) -> String {
        switch current {
        case .quoted(let name):
            advance()
            return name
        case .word(let word) where !Self.keywords.contains(word.uppercased()):
            advance()
            return word
        default: throw unexpected()
        }
    }

    mutating func path() throws(ServiceError) -> DocumentPath {
        var path = DocumentPath(root: try name())
        while true {
            if take(symbol: ".") {
                path.steps.append(.name(try name()))
            } else if take(symbol: "[") {
                guard case .number(let text) = current, let place = Int(text) else { throw unexpected() }
                advance()
                try expect(symbol: "]")
                path.steps.append(.index(place))
            } else {
                return path
            }
        }
    }

    // MARK: Values

    mutating func value() throws(ServiceError) -> AttributeValue {
        switch current {
        case .text(let text):
            advance()
            return .string(text)
        case .number(let text):
            advance()
            return .number(try DynamoNumber(text))
        case .word(let word):
            advance()
            switch word.uppercased() {
            case "TRUE": return .bool(true)
            case "FALSE": return .bool(false)
            case "NULL": return .null
            default:
                back()
                throw unexpected()
            }
        case .symbol("?"):
            advance()
            return try parameter()
        case .symbol("-"), .symbol("+"):
            let isNegative = current == .symbol("-")
            advance()
            guard case .number(let text) = current else { throw unexpected() }
            advance()
            return .number(try DynamoNumber((isNegative ? "-" : "") + text))
        case .symbol("["): return .list(try values(closing: "]"))
        case .symbol("<<"): return try set(try values(closing: ">>"))
        case .symbol("{"): return .map(try map())
        default: throw unexpected()
        }
    }

    private mutating func values(closing: String) throws(ServiceError) -> [AttributeValue] {
        advance()
        return try nested { parser throws(ServiceError) in
            var values: [AttributeValue] = []
            guard !parser.take(symbol: closing) else { return values }
            repeat { values.append(try parser.value()) } while parser.take(symbol: ",")
            try parser.expect(symbol: closing)
            return values
        }
    }

    private mutating func map() throws(ServiceError) -> Item {
        advance()
        return try nested { parser throws(ServiceError) in
            var map = Item()
            guard !parser.take(symbol: "}") else { return map }
            repeat {
                guard case .text(let name) = parser.current else { throw parser.unexpected() }
                parser.advance()
                try parser.expect(symbol: ":")
                map[name] = try parser.value()
            } while parser.take(symbol: ",")
            try parser.expect(symbol: "}")
            return map
        }
    }

    private func set(_ values: [AttributeValue]) throws(ServiceError) -> AttributeValue {
        guard let kind = values.first?.kind, values.allSatisfy({ $0.kind == kind }), ["S", "N", "B"].contains(kind)
        else {
            throw .malformed("a set has texts, numbers or binaries only, and is not empty")
        }
        // As the wire has it, so that it is checked like any other.
        var json: JSON = [:]
        json[kind + "S"] = .array(values.map { $0.json[kind] ?? .null })
        return try AttributeValue(json)
    }
}
