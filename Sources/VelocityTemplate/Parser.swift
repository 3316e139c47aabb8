/// Reads a template: text, references and directives.
struct Parser {
    let bytes: [UInt8]
    var offset = 0
    var depth = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// What ends a list of nodes.
    private enum Ending {
        case text
        case end
        case otherwise
        case otherwiseIf
    }

    mutating func template() throws(VelocityError) -> [Node] {
        let (nodes, ending) = try self.nodes()
        guard ending == .text else { throw error("there is nothing that #end, #else or #elseif could belong to") }
        return nodes
    }

    func error(_ problem: String) -> VelocityError {
        VelocityError(problem, line: bytes[..<min(offset, bytes.count)].count { $0 == 0x0A } + 1)
    }

    var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    func peek(_ distance: Int) -> UInt8? { offset + distance < bytes.count ? bytes[offset + distance] : nil }

    mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard bytes.count - offset >= count else { return false }
        for place in 0..<count where bytes[offset + place] != text.utf8Start[place] { return false }
        offset += count
        return true
    }

    private mutating func nodes() throws(VelocityError) -> ([Node], Ending) {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Limits.depth else { throw error("nested more than \(Limits.depth) deep") }
        var nodes: [Node] = []
        var text: [UInt8] = []
        func flush() {
            if !text.isEmpty { nodes.append(.text(text)) }
            text = []
        }
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\\"):
                if let escaped = try escape(&text) {
                    flush()
                    nodes.append(.reference(escaped))
                }
            case UInt8(ascii: "$"):
                guard let reference = try reference() else {
                    text.append(byte)
                    offset += 1
                    continue
                }
                flush()
                nodes.append(.reference(reference))
            case UInt8(ascii: "#"):
                if skipComment() { continue }
                if take("#[[") {
                    text += try unparsed()
                    continue
                }
                guard let word = directive() else {
                    text.append(byte)
                    offset += 1
                    continue
                }
                if word == "set" { Self.dropIndentation(&text) }
                flush()
                switch word {
                case "end":
                    skipLine()
                    return (nodes, .end)
                case "else":
                    skipLine()
                    return (nodes, .otherwise)
                case "elseif": return (nodes, .otherwiseIf)
                default: nodes.append(try node(of: word))
                }
            default:
                text.append(byte)
                offset += 1
            }
        }
        flush()
        return (nodes, .text)
    }

    /// A backslash before a reference or directive keeps it from being one.
    private mutating func escape(_ text: inout [UInt8]) throws(VelocityError) -> Reference? {
        offset += 1
        if current == UInt8(ascii: "$"), var reference = try reference() {
            reference.isEscaped = true
            return reference
        }
        let start = offset
        if current == UInt8(ascii: "#"), directive() != nil {
            text += bytes[start..<offset]
            return nil
        }
        text.append(UInt8(ascii: "\\"))
        return nil
    }

    /// White space before `#set` belongs to it.
    private static func dropIndentation(_ text: inout [UInt8]) {
        while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
    }

    private mutating func node(of word: String) throws(VelocityError) -> Node {
        switch word {
        case "set": return try assignment()
        case "if": return .condition(try branches())
        case "foreach": return try loop()
        case "break":
            skipLine()
            return .leave
        case "stop":
            skipLine()
            return .stop
        default: throw error("#\(word) is not supported")
        }
    }

    private mutating func assignment() throws(VelocityError) -> Node {
        try open("#set")
        guard let target = try reference() else { throw error("#set wants a reference") }
        skipSpace()
        guard take("=") else { throw error("an = is missing in #set") }
        let value = try expression()
        try close("#set")
        return .set(target, value)
    }

    private mutating func branches() throws(VelocityError) -> [Branch] {
        var branches: [Branch] = []
        try open("#if")
        var condition: Expression? = try expression()
        try close("#if")
        while true {
            let (body, ending) = try nodes()
            branches.append(Branch(condition: condition, body: body))
            switch ending {
            case .text: throw error("an #if has no #end")
            case .end: return branches
            case .otherwise where condition != nil: condition = nil
            case .otherwiseIf where condition != nil:
                try open("#elseif")
                condition = try expression()
                try close("#elseif")
            case .otherwise, .otherwiseIf: throw error("nothing but #end may follow #else")
            }
        }
    }

    private mutating func loop() throws(VelocityError) -> Node {
        try open("#foreach")
        guard let variable = try reference(), variable.steps.isEmpty else { throw error("#foreach wants a variable") }
        skipSpace()
        guard take("in") else { throw error("an in is missing in #foreach") }
        let list = try expression()
        try close("#foreach")
        let (body, ending) = try nodes()
        guard ending == .end else { throw error("a #foreach has no #end") }
        return .loop(variable: variable.name, over: list, body: body)
    }

    private mutating func open(_ directive: String) throws(VelocityError) {
        while current == 0x20 || current == 0x09 { offset += 1 }
        guard take("(") else { throw error("a ( is missing behind \(directive)") }
        skipSpace()
    }

    private mutating func close(_ directive: String) throws(VelocityError) {
        skipSpace()
        guard take(")") else { throw error("a ) is missing in \(directive)") }
        skipLine()
    }
}
