extension Parser {
    /// What begins with this word.
    mutating func prefix(_ first: Token) throws(JSONataError) -> Syntax {
        switch first.kind {
        case .end: throw JSONataError("S0207", "Unexpected end of expression", at: first.position)
        case .name(let name): return try node(.name(name), at: first)
        case .variable(let name): return try node(.variable(name), at: first)
        case .string(let text): return try node(.string(text), at: first)
        case .number(let value): return try node(.number(value), at: first)
        case .bool(let value): return try node(.bool(value), at: first)
        case .null: return try node(.null, at: first)
        case .regex(let pattern, let flags): return try regex(pattern, flags, at: first)
        case .symbol(let symbol): return try prefix(symbol, first)
        }
    }

    private mutating func prefix(_ symbol: String, _ first: Token) throws(JSONataError) -> Syntax {
        switch symbol {
        case "and", "or", "in": return try node(.name(symbol), at: first)
        case "*": return try node(.wildcard, at: first)
        case "**": return try node(.descendants, at: first)
        case "%":
            slots += 1
            return try node(.parent(Syntax.Slot(label: "!\(slots)")), at: first)
        case "-":
            let operand = try expression(70)
            return try node(.negate(operand), at: first, over: operand)
        case "(": return try block(first)
        case "[": return try arrayConstructor(first)
        case "{":
            let pairs = try pairs()
            return try node(.object(pairs), at: first, over: pairs.map(\.key) + pairs.map(\.value))
        case "|": return try transform(first)
        case "?": throw JSONataError("S0201", "Syntax error: \(Self.quoted(first))", at: first.position)
        default:
            throw JSONataError(
                "S0211", "The symbol \(Self.quoted(first)) cannot be used as a unary operator", at: first.position)
        }
    }

    private func regex(_ pattern: String, _ flags: String, at token: Token) throws(JSONataError) -> Syntax {
        do throws(PatternError) {
            return Syntax(.regex(try Pattern(pattern, flags: flags)), at: token.position)
        } catch {
            throw JSONataError(
                "S0303", "Invalid regular expression: /\(pattern)/: \(error.problem)", at: token.position)
        }
    }

    private mutating func block(_ first: Token) throws(JSONataError) -> Syntax {
        var expressions: [Syntax] = []
        while !token.isSymbol(")") {
            expressions.append(try expression(0))
            guard token.isSymbol(";") else { break }
            try advance()
        }
        try expect(")", afterValue: true)
        return try node(.block(expressions), at: first, over: expressions)
    }

    private mutating func arrayConstructor(_ first: Token) throws(JSONataError) -> Syntax {
        var items: [Syntax] = []
        while !token.isSymbol("]") {
            var item = try expression(0)
            if token.isSymbol("..") {
                let range = token
                try advance()
                let end = try expression(0)
                item = try node(.binary(.range, item, end), at: range, over: item, end)
            }
            items.append(item)
            guard token.isSymbol(",") else { break }
            try advance()
        }
        try expect("]", afterValue: true)
        return try node(.array(items), at: first, over: items)
    }

    /// The members of `{…}`, up to and over the closing brace.
    mutating func pairs() throws(JSONataError) -> [Syntax.Pair] {
        var pairs: [Syntax.Pair] = []
        if !token.isSymbol("}") {
            while true {
                let key = try expression(0)
                try expect(":")
                pairs.append((key, try expression(0)))
                guard token.isSymbol(",") else { break }
                try advance()
            }
        }
        try expect("}", afterValue: true)
        return pairs
    }

    private mutating func transform(_ first: Token) throws(JSONataError) -> Syntax {
        let pattern = try expression(0)
        try expect("|")
        let update = try expression(0)
        var delete: Syntax?
        if token.isSymbol(",") {
            try advance()
            delete = try expression(0)
        }
        try expect("|", afterValue: true)
        return try node(
            .transform(pattern: pattern, update: update, delete: delete), at: first, over: pattern, update, delete)
    }
}
