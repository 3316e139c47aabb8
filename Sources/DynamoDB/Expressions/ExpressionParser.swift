import AWSCore

/// A recursive descent over the tokens of an expression.
struct ExpressionParser {
    /// `ConditionExpression`, for errors.
    let kind: String
    private let source: String
    private let tokens: [Token]
    private(set) var index = 0
    private var depth = 0
    private(set) var names: ExpressionNames

    private static let deepest = 100
    private static let grammar: Set<String> = ["AND", "OR", "NOT", "BETWEEN", "IN", "SET", "REMOVE"]
    private static let longest = 4096

    /// - Throws: `ValidationException`.
    init(_ source: String, kind: String, names: ExpressionNames) throws(ServiceError) {
        guard !source.isEmpty else { throw .validation("Invalid \(kind): The expression can not be empty;") }
        guard source.utf8.count <= Self.longest else {
            throw .validation(
                "Invalid \(kind): Expression size has exceeded the maximum allowed size; expression size: \(source.utf8.count)"
            )
        }
        self.kind = kind
        self.names = names
        self.source = source
        tokens = try Tokens.split(source, kind)
    }

    var current: Token { tokens[min(index, tokens.count - 1)] }

    mutating func advance() { index += 1 }

    mutating func takeSymbol(_ symbol: String) -> Bool {
        guard current.kind == .symbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func expectSymbol(_ symbol: String) throws(ServiceError) {
        guard takeSymbol(symbol) else { throw syntaxError() }
    }

    mutating func takeKeyword(_ word: String) -> Bool {
        guard isKeyword(word) else { return false }
        advance()
        return true
    }

    func isKeyword(_ word: String) -> Bool {
        guard case .word(let text) = current.kind else { return false }
        return text.uppercased() == word
    }

    mutating func expectEnd() throws(ServiceError) {
        guard current.kind == .end else { throw syntaxError() }
    }

    func syntaxError() -> ServiceError {
        let place = min(index, tokens.count - 1)
        let first = tokens[max(place - 1, 0)].offset
        let last = tokens[min(place + 1, tokens.count - 1)]
        let end = last.kind == .end ? last.offset : last.offset + last.text.utf8.count
        let near = String(decoding: Array(source.utf8)[first..<max(first, end)], as: UTF8.self)
        return invalid("Syntax error; token: \"\(current.text)\", near: \"\(near)\"")
    }

    func invalid(_ problem: String) -> ServiceError { .validation("Invalid \(kind): \(problem)") }

    /// The token so many places on.
    func token(ahead: Int) -> Token { tokens[min(index + ahead, tokens.count - 1)] }

    mutating func nested<Result>(
        _ body: (inout ExpressionParser) throws(ServiceError) -> Result
    ) throws(ServiceError) -> Result {
        guard depth < Self.deepest else {
            throw .validation("Invalid \(kind): The expression is nested too deeply")
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    mutating func value() throws(ServiceError) -> AttributeValue {
        guard case .value(let placeholder) = current.kind else { throw syntaxError() }
        advance()
        return try names.value(placeholder, kind)
    }

    mutating func path() throws(ServiceError) -> DocumentPath {
        var path = DocumentPath(root: try name())
        while true {
            if takeSymbol(".") {
                path.steps.append(.name(try name()))
            } else if takeSymbol("[") {
                guard case .number(let index) = current.kind else { throw syntaxError() }
                advance()
                try expectSymbol("]")
                path.steps.append(.index(index))
            } else {
                return path
            }
        }
    }

    private mutating func name() throws(ServiceError) -> String {
        switch current.kind {
        case .placeholder(let placeholder):
            advance()
            return try names.name(placeholder, kind)
        case .word(let word):
            guard !Self.grammar.contains(word.uppercased()) else { throw syntaxError() }
            guard !ReservedWords.contains(word) else {
                throw .validation("Invalid \(kind): Attribute name is a reserved keyword; reserved keyword: \(word)")
            }
            advance()
            return word
        default: throw syntaxError()
        }
    }

    /// A function's name, when one follows with its parenthesis.
    mutating func takeFunction(_ allowed: [String]) throws(ServiceError) -> String? {
        guard case .word(let word) = current.kind, index + 1 < tokens.count, tokens[index + 1].kind == .symbol("(")
        else {
            return nil
        }
        guard allowed.contains(word) else {
            throw invalid("Invalid function name; function: \(word)")
        }
        advance()
        advance()
        return word
    }
}
