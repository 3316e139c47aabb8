extension Parser {
    mutating func expression() throws(VelocityError) -> Expression { try operation(above: 0) }

    /// Climbs from the given precedence upward.
    private mutating func operation(above precedence: Int) throws(VelocityError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Limits.depth else { throw error("nested more than \(Limits.depth) deep") }
        var left = try operand()
        var chain = 0
        while true {
            skipSpace()
            let start = offset
            guard let sign = sign(), sign.precedence >= precedence else {
                offset = start
                return left
            }
            chain += 1
            guard chain <= 256 else { throw error("more than 256 operators in one expression") }
            left = .binary(sign, left, try operation(above: sign.precedence + 1))
        }
    }

    private mutating func sign() -> Expression.Operator? {
        if take("||") { return .or }
        if take("&&") { return .and }
        if take("==") { return .equal }
        if take("!=") { return .unequal }
        if take("<=") { return .lessOrEqual }
        if take(">=") { return .greaterOrEqual }
        if take("<") { return .less }
        if take(">") { return .greater }
        if take("+") { return .plus }
        if take("-") { return .minus }
        if take("*") { return .times }
        if take("/") { return .over }
        if take("%") { return .modulo }
        switch word() {
        case "or": return .or
        case "and": return .and
        case "eq": return .equal
        case "ne": return .unequal
        case "le": return .lessOrEqual
        case "ge": return .greaterOrEqual
        case "lt": return .less
        case "gt": return .greater
        default: return nil
        }
    }

    private mutating func operand() throws(VelocityError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Limits.depth else { throw error("nested more than \(Limits.depth) deep") }
        skipSpace()
        guard let byte = current else { throw error("the template ends inside an expression") }
        switch byte {
        case UInt8(ascii: "$"):
            guard let reference = try reference() else { throw error("a $ without a name") }
            return .reference(reference)
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return try string(byte)
        case UInt8(ascii: "("):
            offset += 1
            let inner = try expression()
            skipSpace()
            guard take(")") else { throw error("a ) is missing") }
            return inner
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "{"): return try map()
        case UInt8(ascii: "!"):
            offset += 1
            return .not(try operand())
        case UInt8(ascii: "-") where !(peek(1).map(Self.isDigit) ?? false):
            offset += 1
            return .negative(try operand())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: return try keyword()
        }
    }

    private mutating func keyword() throws(VelocityError) -> Expression {
        switch word() {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        case "not": return .not(try operand())
        case "": throw error("an unexpected character in an expression")
        case let word: throw error("\(word) is no value")
        }
    }

    private mutating func number() throws(VelocityError) -> Expression {
        let start = offset
        offset += 1
        while let byte = current, Self.isDigit(byte) { offset += 1 }
        // Two dots are a range.
        if current == UInt8(ascii: "."), let next = peek(1), Self.isDigit(next) {
            offset += 1
            while let byte = current, Self.isDigit(byte) { offset += 1 }
            let text = String(decoding: bytes[start..<offset], as: UTF8.self)
            guard let value = Double(text), value.isFinite else { throw error("\(text) is no number") }
            return .decimal(value)
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard let value = Int(text) else { throw error("\(text) is too large") }
        return .integer(value)
    }

    private mutating func array() throws(VelocityError) -> Expression {
        offset += 1
        skipSpace()
        if take("]") { return .list([]) }
        let first = try expression()
        skipSpace()
        if take("..") {
            let last = try expression()
            skipSpace()
            guard take("]") else { throw error("a ] is missing") }
            return .range(first, last)
        }
        guard take(",") else {
            guard take("]") else { throw error("a ] is missing") }
            return .list([first])
        }
        return .list([first] + (try list(until: UInt8(ascii: "]"))))
    }

    private mutating func map() throws(VelocityError) -> Expression {
        offset += 1
        var members: [(Expression, Expression)] = []
        skipSpace()
        while !take("}") {
            let key = try expression()
            skipSpace()
            guard take(":") else { throw error("a : is missing") }
            members.append((key, try expression()))
            skipSpace()
            guard take(",") || current == UInt8(ascii: "}") else { throw error("a } is missing") }
            skipSpace()
        }
        return .map(members)
    }

    /// Single quotes keep text as it is; in double quotes it is a template. A doubled quote is one quote.
    private mutating func string(_ quote: UInt8) throws(VelocityError) -> Expression {
        offset += 1
        var text: [UInt8] = []
        while let byte = current {
            offset += 1
            if byte == quote {
                guard current == quote else {
                    return quote == UInt8(ascii: "'") ? .string(String(decoding: text, as: UTF8.self)) : try inner(text)
                }
                offset += 1
                text.append(byte)
                continue
            }
            text.append(byte)
            // A backslash before a quote in double quotes keeps the string open; both stay.
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), let next = current {
                text.append(next)
                offset += 1
            }
        }
        throw error("a string has no end")
    }

    private func inner(_ text: [UInt8]) throws(VelocityError) -> Expression {
        guard text.contains(UInt8(ascii: "$")) || text.contains(UInt8(ascii: "#")) else {
            return .string(String(decoding: text, as: UTF8.self))
        }
        var parser = Parser(text)
        parser.depth = depth
        return .template(try parser.template())
    }
}
