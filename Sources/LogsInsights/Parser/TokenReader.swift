/// Walks over the tokens of a query.
struct TokenReader {
    let source: [UInt8]
    private let tokens: [Token]
    private var place = 0

    init(_ source: String) throws(InsightsError) {
        self.source = Array(source.utf8)
        tokens = try Lexer.tokens(of: source)
    }

    var current: Token { tokens[min(place, tokens.count - 1)] }

    var next: Token { tokens[min(place + 1, tokens.count - 1)] }

    var isAtEnd: Bool { current.kind == .end }

    mutating func advance() { place += 1 }

    mutating func take(symbol: String) -> Bool {
        guard current.isSymbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func take(keyword: String) -> Bool {
        guard current.keyword == keyword else { return false }
        advance()
        return true
    }

    mutating func expect(symbol: String) throws(InsightsError) {
        guard take(symbol: symbol) else { throw unexpected("\(symbol) is expected") }
    }

    /// What was written from a token up to the one that was read last.
    func text(from start: Token) -> (String, Range<Int>) {
        let end = place > 0 ? tokens[place - 1].range.upperBound : start.range.upperBound
        let range = start.range.lowerBound..<max(end, start.range.lowerBound)
        return (String(decoding: source[range], as: UTF8.self), range)
    }

    /// - Parameter hint: what was expected instead.
    func unexpected(_ hint: String) -> InsightsError {
        let token = current
        guard token.kind != .end else { return InsightsError("unexpected end of the query: \(hint)", at: token.range) }
        let text = String(decoding: source[token.range], as: UTF8.self)
        let before = source[..<token.range.lowerBound]
        let line = before.count { $0 == 0x0A } + 1
        let column = token.range.lowerBound - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return InsightsError(
            "unexpected symbol found \(text) at line \(line) and position \(column): \(hint)", at: token.range)
    }
}
