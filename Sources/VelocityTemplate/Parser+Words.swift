extension Parser {
    static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { offset += 1 }
    }

    /// White space up to the end of the line, and that, belong to the directive before them.
    mutating func skipLine() {
        var end = offset
        while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
        if end < bytes.count, bytes[end] == 0x0D { end += 1 }
        guard end < bytes.count, bytes[end] == 0x0A else { return }
        offset = end + 1
    }

    /// `##` to the end of the line, or `#* … *#`.
    mutating func skipComment() -> Bool {
        if take("##") {
            while let byte = current, byte != 0x0A { offset += 1 }
            if current != nil { offset += 1 }
            return true
        }
        guard take("#*") else { return false }
        while offset < bytes.count, !take("*#") { offset += 1 }
        return true
    }

    /// The text up to `]]#`, as it is.
    mutating func unparsed() throws(VelocityError) -> ArraySlice<UInt8> {
        let start = offset
        while offset < bytes.count {
            let end = offset
            if take("]]#") { return bytes[start..<end] }
            offset += 1
        }
        throw error("a #[[ has no ]]#")
    }

    private static let directives: Set<String> = [
        "set", "if", "elseif", "else", "end", "foreach", "break", "stop", "macro", "parse", "include", "evaluate",
        "define",
    ]

    /// The name of the directive that stands here, which is taken; anything else is text.
    mutating func directive() -> String? {
        let start = offset
        offset += 1
        let isBraced = take("{")
        let word = word()
        guard Self.directives.contains(word), !isBraced || take("}") else {
            offset = start
            return nil
        }
        return word
    }

    mutating func word() -> String {
        let start = offset
        while let byte = current, Self.isWord(byte) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    /// Also a minus, as in `$header.x-custom`; not where `->` or arithmetic would follow.
    mutating func name() -> String? {
        guard let first = current, Self.isLetter(first) || first == UInt8(ascii: "_") else { return nil }
        let start = offset
        while let byte = current, Self.isWord(byte) || (byte == UInt8(ascii: "-") && isNameBehindMinus) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private var isNameBehindMinus: Bool { peek(1).map(Self.isWord) ?? false }

    /// - Returns: `nil` for a dollar sign that begins no reference; nothing is taken then.
    mutating func reference() throws(VelocityError) -> Reference? {
        let start = offset
        guard take("$") else { return nil }
        let isQuiet = take("!")
        let isBraced = take("{")
        guard let name = name() else {
            offset = start
            return nil
        }
        var steps: [Reference.Step] = []
        while let step = try step() { steps.append(step) }
        if isBraced, !take("}") {
            offset = start
            return nil
        }
        return Reference(name: name, steps: steps, isQuiet: isQuiet, source: Array(bytes[start..<offset]))
    }

    private mutating func step() throws(VelocityError) -> Reference.Step? {
        if current == UInt8(ascii: "[") {
            let start = offset
            offset += 1
            guard let index = try? expression(), take("]") else {
                // A bracket of the text behind the reference.
                offset = start
                return nil
            }
            return .index(index)
        }
        guard current == UInt8(ascii: "."), let next = peek(1), Self.isLetter(next) || next == UInt8(ascii: "_") else {
            return nil
        }
        offset += 1
        guard let name = name() else { return nil }
        guard take("(") else { return .property(name) }
        return .method(name, try list(until: UInt8(ascii: ")")))
    }

    /// Expressions between commas, up to the closing byte, which is taken.
    mutating func list(until closing: UInt8) throws(VelocityError) -> [Expression] {
        var elements: [Expression] = []
        skipSpace()
        while current != closing {
            elements.append(try expression())
            skipSpace()
            if current == UInt8(ascii: ",") {
                offset += 1
                skipSpace()
                continue
            }
            guard current == closing else { throw error("a \(Character(Unicode.Scalar(closing))) is missing") }
        }
        offset += 1
        return elements
    }
}
