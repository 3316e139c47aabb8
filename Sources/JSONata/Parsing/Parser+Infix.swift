extension Parser {
    /// What continues `left` with this word.
    mutating func infix(_ infix: Token, _ left: Syntax) throws(JSONataError) -> Syntax {
        guard case .symbol(let symbol) = infix.kind else { return left }
        switch symbol {
        case "(": return try call(infix, left)
        case "[": return try filter(infix, left)
        case "{":
            let pairs = try pairs()
            return try node(.groupBy(left, pairs), at: infix, over: [left] + pairs.map(\.key) + pairs.map(\.value))
        case "^": return try orderBy(infix, left)
        case "?": return try condition(infix, left)
        case ":=": return try bind(infix, left)
        case "@": return try node(.focus(left, try variable(infix)), at: infix, over: left)
        case "#": return try node(.index(left, try variable(infix)), at: infix, over: left)
        case "?:":
            let other = try expression(0)
            return try node(.elvis(left, other), at: infix, over: left, other)
        case "??":
            let other = try expression(0)
            return try node(.coalesce(left, other), at: infix, over: left, other)
        default: return try binary(symbol, infix, left)
        }
    }

    private mutating func binary(_ symbol: String, _ infix: Token, _ left: Syntax) throws(JSONataError) -> Syntax {
        let right = try expression(infix.bindingPower)
        if symbol == "." { return try node(.dot(left, right), at: infix, over: left, right) }
        if symbol == "~>" { return try node(.apply(left, right), at: infix, over: left, right) }
        guard let binary = BinaryOperator(rawValue: symbol) else {
            throw JSONataError("S0201", "Syntax error: \(Self.quoted(infix))", at: infix.position)
        }
        return try node(.binary(binary, left, right), at: infix, over: left, right)
    }

    private mutating func filter(_ infix: Token, _ left: Syntax) throws(JSONataError) -> Syntax {
        if token.isSymbol("]") {
            var step = left
            while case .filter(let inner, _) = step.kind { step = inner }
            step.keepArray = true
            try advance(afterValue: true)
            return left
        }
        let predicate = try expression(0)
        try expect("]", afterValue: true)
        return try node(.filter(left, predicate), at: infix, over: left, predicate)
    }

    private mutating func orderBy(_ infix: Token, _ left: Syntax) throws(JSONataError) -> Syntax {
        try expect("(")
        var terms: [Syntax.Term] = []
        while true {
            let isDescending = token.isSymbol(">")
            if isDescending || token.isSymbol("<") { try advance() }
            terms.append((try expression(0), isDescending))
            guard token.isSymbol(",") else { break }
            try advance()
        }
        try expect(")", afterValue: true)
        return try node(.orderBy(left, terms), at: infix, over: [left] + terms.map(\.expression))
    }

    private mutating func condition(_ infix: Token, _ left: Syntax) throws(JSONataError) -> Syntax {
        let then = try expression(0)
        var otherwise: Syntax?
        if token.isSymbol(":") {
            try advance()
            otherwise = try expression(0)
        }
        return try node(.condition(left, then, otherwise), at: infix, over: left, then, otherwise)
    }

    private mutating func bind(_ infix: Token, _ left: Syntax) throws(JSONataError) -> Syntax {
        guard case .variable(let name) = left.kind else {
            throw JSONataError(
                "S0212", "The left side of := must be a variable name (start with $)", at: left.position)
        }
        let value = try expression(9)
        return try node(.bind(name, value), at: infix, over: value)
    }

    /// The variable that `@` and `#` bind.
    private mutating func variable(_ infix: Token) throws(JSONataError) -> String {
        let right = try expression(80)
        guard case .variable(let name) = right.kind else {
            throw JSONataError(
                "S0214", "The right side of \(infix.text) must be a variable name (start with $)", at: infix.position)
        }
        return name
    }
}
