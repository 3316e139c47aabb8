import JSON

extension PathParser {
    /// A path or a literal.
    mutating func operand() throws(JSONPathError) -> PathOperand {
        guard depth < Self.depthLimit else { throw problem("nested more than \(Self.depthLimit) deep") }
        depth += 1
        defer { depth -= 1 }
        let start = offset
        if take("@") { return .relative(try pathOperand(from: start)) }
        if take("$") { return .absolute(try pathOperand(from: start)) }
        switch current {
        case "'", "\"": return .literal(.string(try quoted()))
        case "[", "{": return .literal(try json())
        default: return .literal(try word())
        }
    }

    private mutating func pathOperand(from start: Int) throws(JSONPathError) -> JSONPath {
        let segments = try path()
        return JSONPath(text: text(start..<offset), segments: segments)
    }

    private func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    private mutating func word() throws(JSONPathError) -> JSON {
        let start = offset
        let text = taking {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || "+-.".unicodeScalars.contains($0)
        }
        guard let value = try? JSON(parsing: text) else {
            offset = start
            throw problem("a value is missing")
        }
        return value
    }

    /// An array or object, in JSON or with single quotes.
    private mutating func json() throws(JSONPathError) -> JSON {
        let start = offset
        var bytes: [UInt8] = []
        var open = 0
        while let scalar = current {
            if scalar == "'" || scalar == "\"" {
                JSON.write(try quoted(), to: &bytes)
                continue
            }
            offset += 1
            bytes.append(contentsOf: Array(String(scalar).utf8))
            if scalar == "[" || scalar == "{" { open += 1 }
            if scalar == "]" || scalar == "}" { open -= 1 }
            if open == 0 { break }
        }
        guard let value = try? JSON(parsing: bytes, depth: Self.depthLimit) else {
            offset = start
            throw problem("a literal is not JSON")
        }
        return value
    }

    /// The function of that name with its arguments, which stand here; `nil` where there is none of that name.
    mutating func function(_ name: String) throws(JSONPathError) -> PathFunction? {
        if let aggregate = PathFunction.Aggregate(rawValue: name) {
            try noArguments()
            return .aggregate(aggregate)
        }
        switch name {
        case "length", "size":
            try noArguments()
            return .length
        case "keys":
            try noArguments()
            return .keys
        case "first":
            try noArguments()
            return .first
        case "last":
            try noArguments()
            return .last
        case "index": return .index(try indexArgument())
        case "append": return .append(try arguments())
        case "concat": return .concat(try arguments())
        default: return nil
        }
    }

    private mutating func noArguments() throws(JSONPathError) {
        try expect("(")
        skipSpace()
        try expect(")")
    }

    private mutating func indexArgument() throws(JSONPathError) -> Int {
        try expect("(")
        skipSpace()
        guard let index = try integer() else { throw problem("a number is missing") }
        skipSpace()
        try expect(")")
        return index
    }

    private mutating func arguments() throws(JSONPathError) -> [PathOperand] {
        try expect("(")
        skipSpace()
        if take(")") { return [] }
        var operands: [PathOperand] = []
        repeat {
            skipSpace()
            operands.append(try operand())
            skipSpace()
        } while take(",")
        try expect(")")
        return operands
    }
}
