/// Reads an expression by the binding powers of its operators.
struct Parser {
    /// Deepest nesting of brackets and the like, and tallest tree.
    struct Limits {
        var nesting: Int
        var height: Int
    }

    var lexer: Lexer
    var token: Token
    let limits: Limits
    var nesting = 0
    var slots = 0

    static func parse(_ text: String, limits: Limits) throws(JSONataError) -> Syntax {
        var parser = try Parser(text, limits: limits)
        let syntax = try parser.expression(0)
        guard case .end = parser.token.kind else {
            throw JSONataError("S0201", "Syntax error: \(quoted(parser.token))", at: parser.token.position)
        }
        return syntax
    }

    private init(_ text: String, limits: Limits) throws(JSONataError) {
        self.limits = limits
        lexer = Lexer(text)
        token = try lexer.next(afterValue: false)
        try checkKnown()
    }

    static func quoted(_ token: Token) -> String { "\"\(token.text)\"" }

    /// Moves on to the next word; in front of it nothing is checked.
    mutating func advance(afterValue: Bool = false) throws(JSONataError) {
        token = try lexer.next(afterValue: afterValue)
        try checkKnown()
    }

    private func checkKnown() throws(JSONataError) {
        guard token.isSymbol("!") || token.isSymbol("~") else { return }
        throw JSONataError("S0204", "Unknown operator: \(Self.quoted(token))", at: token.position)
    }

    /// Moves on over a word that must stand here.
    mutating func expect(_ symbol: String, afterValue: Bool = false) throws(JSONataError) {
        if token.isSymbol(symbol) {
            try advance(afterValue: afterValue)
            return
        }
        if case .end = token.kind {
            throw JSONataError("S0203", "Expected \"\(symbol)\" before end of expression", at: token.position)
        }
        throw JSONataError("S0202", "Expected \"\(symbol)\", got \(Self.quoted(token))", at: token.position)
    }

    mutating func expression(_ bindingPower: Int) throws(JSONataError) -> Syntax {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= limits.nesting else { throw JSONataError.tooDeep(at: token.position) }
        let first = token
        try advance(afterValue: true)
        var left = try prefix(first)
        while bindingPower < token.bindingPower {
            let infix = token
            try advance()
            left = try self.infix(infix, left)
        }
        return left
    }

    /// - Throws: when the tree gets too tall to be walked.
    func node(
        _ kind: Syntax.Kind, at token: Token, over children: Syntax?...
    ) throws(JSONataError) -> Syntax {
        try node(kind, at: token, over: children)
    }

    func node(_ kind: Syntax.Kind, at token: Token, over children: [Syntax?]) throws(JSONataError) -> Syntax {
        var height = 0
        for child in children { height = max(height, child?.height ?? 0) }
        guard height < limits.height else { throw JSONataError.tooDeep(at: token.position) }
        return Syntax(kind, at: token.position, height: height + 1)
    }
}

extension JSONataError {
    static func tooDeep(at position: Int?) -> JSONataError {
        JSONataError("U1001", "Stack overflow error: the expression nests too deeply", at: position)
    }
}
