extension Parser {
    mutating func call(_ infix: Token, _ left: Syntax) throws(JSONataError) -> Syntax {
        var arguments: [Syntax?] = []
        if !token.isSymbol(")") {
            while true {
                if token.isSymbol("?") {
                    arguments.append(nil)
                    try advance()
                } else {
                    arguments.append(try expression(0))
                }
                guard token.isSymbol(",") else { break }
                try advance()
            }
        }
        try expect(")", afterValue: true)
        if case .name(let name) = left.kind, name == "function" || name == "λ" {
            return try lambda(infix, arguments)
        }
        let given = arguments.compactMap { $0 }
        guard given.count == arguments.count else {
            return try node(.partial(left, arguments), at: infix, over: [left] + arguments)
        }
        return try node(.call(left, given), at: infix, over: [left] + arguments)
    }

    private mutating func lambda(_ infix: Token, _ arguments: [Syntax?]) throws(JSONataError) -> Syntax {
        var parameters: [String] = []
        for (place, argument) in arguments.enumerated() {
            guard case .variable(let name) = argument?.kind else {
                throw JSONataError(
                    "S0208", "Parameter \(place + 1) of function definition must be a variable name (start with $)",
                    at: argument?.position ?? infix.position)
            }
            parameters.append(name)
        }
        let signature = token.isSymbol("<") ? try signature() : nil
        try expect("{")
        let body = try expression(0)
        try expect("}", afterValue: true)
        return try node(.lambda(parameters, signature, body), at: infix, over: body)
    }

    /// Reads `<…>`; the words of a signature are not those of the language.
    private mutating func signature() throws(JSONataError) -> Signature {
        let start = token.start
        var depth = 0
        var end = start
        while let byte = lexer.byte(end) {
            end += 1
            if byte == UInt8(ascii: "<") { depth += 1 }
            if byte == UInt8(ascii: ">") { depth -= 1 }
            if depth == 0 || byte == UInt8(ascii: "{") { break }
        }
        guard depth == 0 else {
            throw JSONataError("S0203", "Expected \">\" before end of expression", at: end)
        }
        lexer.offset = end
        let signature = try Signature(lexer.text(start..<end), at: start)
        try advance()
        return signature
    }
}
