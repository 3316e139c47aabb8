import AWSCore
import JSON

/// Reads a filter expression, from its tokens.
struct FilterParser {
    typealias Node = FilterExpression.Node
    typealias Comparison = FilterExpression.Comparison

    private let tokens: [FilterToken]
    private var place = 0
    private var depth = 0

    private static let deepest = 32

    init(_ text: String) throws(ServiceError) { tokens = try FilterToken.tokens(text) }

    private var next: FilterToken? { tokens.indices.contains(place) ? tokens[place] : nil }

    mutating func parse() throws(ServiceError) -> Node {
        let node = try any()
        if let next { throw Self.invalid("\(next.text) is not expected there") }
        return node
    }

    private mutating func takes(word: String) -> Bool {
        guard case .word(let text)? = next, text.uppercased() == word else { return false }
        place += 1
        return true
    }

    private mutating func takes(sign: String) -> Bool {
        guard next == .sign(sign) else { return false }
        place += 1
        return true
    }

    private mutating func any() throws(ServiceError) -> Node {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw Self.invalid("it is nested too deeply") }
        var nodes = [try all()]
        while takes(word: "OR") { nodes.append(try all()) }
        return nodes.count == 1 ? nodes[0] : .any(nodes)
    }

    private mutating func all() throws(ServiceError) -> Node {
        var nodes = [try one()]
        while takes(word: "AND") { nodes.append(try one()) }
        return nodes.count == 1 ? nodes[0] : .all(nodes)
    }

    private mutating func one() throws(ServiceError) -> Node {
        var isNegated = false
        while takes(sign: "!") || takes(word: "NOT") { isNegated.toggle() }
        let node: Node
        if takes(sign: "(") {
            node = try any()
            guard takes(sign: ")") else { throw Self.invalid("a parenthesis is not closed") }
        } else {
            node = try condition()
        }
        return isNegated ? .not(node) : node
    }

    private mutating func condition() throws(ServiceError) -> Node {
        guard case .word(let word)? = next else {
            throw Self.invalid(next.map { "\($0.text) is not expected there" } ?? "it ends too early")
        }
        place += 1
        let key = word.lowercased()
        if let flag = FilterExpression.Flag(rawValue: key) { return try flagCondition(flag) }
        if let number = FilterExpression.NumberKey(rawValue: key) { return try numberCondition(number, word) }
        if let text = FilterExpression.TextKey(rawValue: key) { return try textCondition(text, word) }
        if key == "service" { return try service() }
        if key == "annotation" || key.hasPrefix("annotation.") {
            return try annotation(String(word.dropFirst("annotation.".count)))
        }
        throw ServiceError("InvalidRequestException", "fntop does not support \(word) in filter expressions")
    }

    private mutating func comparison() -> Comparison? {
        switch next {
        case .sign(let sign)?:
            guard let comparison = Comparison(rawValue: sign) else { return nil }
            place += 1
            return comparison
        case .word(let word)?:
            guard let comparison = Comparison(rawValue: word.uppercased()) else { return nil }
            place += 1
            return comparison
        default: return nil
        }
    }

    private mutating func flagCondition(_ flag: FilterExpression.Flag) throws(ServiceError) -> Node {
        guard let comparison = comparison() else { return .flag(flag, true) }
        guard comparison == .equal || comparison == .unequal, case .word(let word)? = next,
            let value = ["true": true, "false": false][word.lowercased()]
        else { throw Self.invalid("\(flag.rawValue) is compared with true or false") }
        place += 1
        return .flag(flag, (comparison == .equal) == value)
    }

    private mutating func numberCondition(
        _ key: FilterExpression.NumberKey, _ word: String
    ) throws(ServiceError) -> Node {
        guard let comparison = comparison(), comparison.isForNumbers, case .number(let value)? = next else {
            throw Self.invalid("\(word) is compared with a number")
        }
        place += 1
        return .number(key, comparison, value)
    }

    private mutating func textCondition(_ key: FilterExpression.TextKey, _ word: String) throws(ServiceError) -> Node {
        guard let comparison = comparison(), comparison.isForText, case .text(let value)? = next else {
            throw Self.invalid("\(word) is compared with a string")
        }
        place += 1
        return .text(key, comparison, value)
    }

    private mutating func service() throws(ServiceError) -> Node {
        guard takes(sign: "("), case .text(let name)? = next else { throw Self.invalid("service() takes a name") }
        place += 1
        guard takes(sign: ")") else { throw Self.invalid("service() takes one name, and no type") }
        if next == .sign("{") {
            throw ServiceError(
                "InvalidRequestException", "fntop does not support conditions in braces behind service()")
        }
        return .service(name)
    }

    /// `annotation.key` or `annotation[key]`
    private mutating func annotation(_ dotted: String) throws(ServiceError) -> Node {
        var name = dotted
        if name.isEmpty, takes(sign: "[") {
            switch next {
            case .word(let word)?: name = word
            case .text(let text)?: name = text
            default: throw Self.invalid("annotation[] takes a key")
            }
            place += 1
            guard takes(sign: "]") else { throw Self.invalid("annotation[ is not closed") }
        }
        guard !name.isEmpty else { throw Self.invalid("annotation takes a key") }
        guard let comparison = comparison() else { return .hasAnnotation(name) }
        let value: JSON
        switch next {
        case .text(let text)?: value = .string(text)
        case .number(let number)?: value = .double(number)
        case .word(let word)? where ["true", "false"].contains(word.lowercased()):
            value = .bool(word.lowercased() == "true")
        default: throw Self.invalid("annotation.\(name) is compared with a string, a number, true or false")
        }
        place += 1
        return .annotation(name, comparison, value)
    }

    static func invalid(_ reason: String) -> ServiceError {
        ServiceError("InvalidRequestException", "Invalid filter expression: \(reason)")
    }
}

/// A word, a value or a sign of a filter expression.
enum FilterToken: Hashable {
    case word(String)
    case text(String)
    case number(Double)
    case sign(String)

    private static let longest = 2000

    var text: String {
        switch self {
        case .word(let text), .sign(let text): text
        case .text(let text): "\"\(text)\""
        case .number(let value): String(value)
        }
    }

    static func tokens(_ source: String) throws(ServiceError) -> [FilterToken] {
        guard source.utf8.count <= longest else { throw FilterParser.invalid("it has more than \(longest) characters") }
        var tokens: [FilterToken] = []
        var rest = Substring(source)
        while let first = rest.first {
            if first.isWhitespace {
                rest = rest.dropFirst()
            } else if first == "\"" || first == "'" {
                tokens.append(.text(try quoted(&rest, first)))
            } else if let sign = ["!=", "<=", ">="].first(where: { rest.hasPrefix($0) }) {
                tokens.append(.sign(sign))
                rest = rest.dropFirst(2)
            } else if "()[]{}!=<>,".contains(first) {
                tokens.append(.sign(String(first)))
                rest = rest.dropFirst()
            } else {
                let word = rest.prefix { !$0.isWhitespace && !"()[]{}!=<>,\"'".contains($0) }
                rest = rest.dropFirst(word.count)
                tokens.append(Double(word).flatMap { $0.isFinite ? .number($0) : nil } ?? .word(String(word)))
            }
        }
        return tokens
    }

    private static func quoted(_ rest: inout Substring, _ quote: Character) throws(ServiceError) -> String {
        var text = ""
        rest = rest.dropFirst()
        while let character = rest.popFirst() {
            if character == quote { return text }
            if character == "\\", let escaped = rest.popFirst() { text.append(escaped) } else { text.append(character) }
        }
        throw FilterParser.invalid("a string is not closed")
    }
}
