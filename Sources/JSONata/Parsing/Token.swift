/// A word of the language.
struct Token {
    enum Kind: Equatable {
        case end
        case name(String)
        /// `$name`, without the `$`; empty for `$` itself.
        case variable(String)
        case symbol(String)
        case string(String)
        case number(Double)
        case null
        case bool(Bool)
        case regex(pattern: String, flags: String)
    }

    var kind: Kind
    /// Bytes from the beginning of the expression to the end of the token.
    var position: Int
    /// Where the token begins.
    var start: Int

    func isSymbol(_ symbol: String) -> Bool { kind == .symbol(symbol) }

    /// How strongly the token binds to what stands left of it.
    var bindingPower: Int {
        guard case .symbol(let symbol) = kind else { return 0 }
        switch symbol {
        case "[", "(", "@", "#": return 80
        case ".": return 75
        case "{": return 70
        case "*", "/", "%": return 60
        case "+", "-", "&": return 50
        case "=", "!=", "<", ">", "<=", ">=", "~>", "in", "^", "?:", "??": return 40
        case "and": return 30
        case "or": return 25
        case "?": return 20
        case ":=": return 10
        default: return 0
        }
    }

    /// As error messages show it.
    var text: String {
        switch kind {
        case .end: "(end)"
        case .name(let name), .string(let name): name
        case .variable(let name): name
        case .symbol(let symbol): symbol
        case .number(let value): NumberText.of(value)
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .regex(let pattern, _): "/\(pattern)/"
        }
    }
}
