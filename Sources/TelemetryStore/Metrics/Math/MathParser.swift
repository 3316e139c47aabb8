/// Reads an expression of metric math.
struct MathParser {
    private let tokens: [Token]
    private var place = 0
    private var depth = 0

    private static let deepest = 50
    /// Operations in a row: evaluating goes as deep.
    private static let longest = 200
    private static let negationPrecedence = 6

    private enum Token: Hashable {
        case number(Double), string(String), name(String), symbol(String)
    }

    /// - Throws: with what is wrong and where.
    static func parse(_ text: String) throws(MetricQueryError) -> MathNode {
        var parser = MathParser(tokens: try tokens(text))
        let node = try parser.expression(0)
        guard parser.place == parser.tokens.count else { throw parser.unexpected() }
        return node
    }

    private init(tokens: [Token]) { self.tokens = tokens }

    // MARK: - Words

    private static func tokens(_ text: String) throws(MetricQueryError) -> [Token] {
        var tokens: [Token] = []
        var rest = Substring(text)
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if first.isASCII, first.isNumber || first == "." {
                tokens.append(try number(&rest))
            } else if first == "'" || first == "\"" {
                tokens.append(try string(&rest))
            } else if first.isLetter || first == "_" {
                let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                rest = rest[name.endIndex...]
                tokens.append(.name(String(name)))
            } else {
                tokens.append(try symbol(&rest))
            }
        }
        return tokens
    }

    private static func number(_ rest: inout Substring) throws(MetricQueryError) -> Token {
        var text = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let behind = rest[text.endIndex...]
        if behind.first == "e" || behind.first == "E" {
            let sign = behind.dropFirst().first.map { $0 == "-" || $0 == "+" } ?? false
            let digits = behind.dropFirst(sign ? 2 : 1).prefix { $0.isASCII && $0.isNumber }
            if !digits.isEmpty { text = rest[..<digits.endIndex] }
        }
        rest = rest[text.endIndex...]
        guard let value = Double(text), value.isFinite else { throw MetricQueryError("\(text) is no number") }
        return .number(value)
    }

    private static func string(_ rest: inout Substring) throws(MetricQueryError) -> Token {
        let quote = rest.removeFirst()
        guard let end = rest.firstIndex(of: quote) else { throw MetricQueryError("a string does not end") }
        defer { rest = rest[rest.index(after: end)...] }
        return .string(String(rest[..<end]))
    }

    private static func symbol(_ rest: inout Substring) throws(MetricQueryError) -> Token {
        for symbol in ["==", "!=", "<=", ">=", "&&", "||"] where rest.hasPrefix(symbol) {
            rest.removeFirst(2)
            return .symbol(symbol)
        }
        let first = rest.removeFirst()
        guard "+-*/^<>()[],".contains(first) else { throw MetricQueryError("the character \(first) is not expected") }
        return .symbol(String(first))
    }

    // MARK: - Grammar

    private mutating func expression(_ least: Int) throws(MetricQueryError) -> MathNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw MetricQueryError("the expression nests too deep") }
        var left = try operand()
        var operations = 0
        while let next = binary, next.precedence >= least {
            place += 1
            operations += 1
            guard operations <= Self.longest else { throw MetricQueryError("the expression has too many operations") }
            // Powers are from the right: 2^3^2 is 2^9.
            let right = try expression(next == .power ? next.precedence : next.precedence + 1)
            left = .operation(next, left, right)
        }
        return left
    }

    private var binary: MathOperator? {
        switch token {
        case .symbol("&&"): .and
        case .symbol("||"): .or
        case .symbol(let symbol): MathOperator(rawValue: symbol)
        case .name(let name) where name == "AND" || name == "OR": MathOperator(rawValue: name)
        default: nil
        }
    }

    private var token: Token? { place < tokens.count ? tokens[place] : nil }

    private mutating func operand() throws(MetricQueryError) -> MathNode {
        guard let token else { throw MetricQueryError("the expression ends too early") }
        place += 1
        switch token {
        case .number(let value): return .number(value)
        case .string(let text): return .string(text)
        case .symbol("-"): return .negation(try expression(Self.negationPrecedence))
        case .symbol("("):
            let inner = try expression(0)
            try take(")")
            return inner
        case .symbol("["): return .array(try list("]"))
        case .name(let name):
            if self.token == .symbol("(") {
                place += 1
                return .call(name, try list(")"))
            }
            return name.first?.isLowercase == true ? .reference(name) : .word(name)
        case .symbol:
            place -= 1
            throw unexpected()
        }
    }

    private mutating func list(_ end: String) throws(MetricQueryError) -> [MathNode] {
        var nodes: [MathNode] = []
        if token == .symbol(end) {
            place += 1
            return nodes
        }
        while true {
            nodes.append(try expression(0))
            if token == .symbol(",") {
                place += 1
                continue
            }
            try take(end)
            return nodes
        }
    }

    private mutating func take(_ symbol: String) throws(MetricQueryError) {
        guard token == .symbol(symbol) else { throw unexpected() }
        place += 1
    }

    private func unexpected() -> MetricQueryError {
        switch token {
        case nil: MetricQueryError("the expression ends too early")
        case .number(let value): MetricQueryError("the number \(value) is not expected")
        case .string(let text): MetricQueryError("the string '\(text)' is not expected")
        case .name(let name), .symbol(let name): MetricQueryError("\(name) is not expected")
        }
    }
}
