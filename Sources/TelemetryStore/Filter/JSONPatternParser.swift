/// Reads `{ $.a.b[0] = 5 && ($.c = "x*" || $.d IS NULL) }`.
struct JSONPatternParser {
    private let bytes: [UInt8]
    private(set) var offset: Int
    private var depth = 0
    private var operators = 0

    private static let mostOperators = 128
    private static let mostSteps = 32

    init(_ bytes: [UInt8], offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    mutating func pattern() throws(LogFilterError) -> JSONPattern {
        offset += 1
        let pattern = try alternatives()
        skipSpace()
        guard take("}") else { throw error("a } is missing") }
        return pattern
    }

    private mutating func alternatives() throws(LogFilterError) -> JSONPattern {
        var left = try conjunction()
        while try takeOperator("||") { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(LogFilterError) -> JSONPattern {
        var left = try primary()
        while try takeOperator("&&") { left = .and(left, try primary()) }
        return left
    }

    private mutating func takeOperator(_ text: String) throws(LogFilterError) -> Bool {
        guard take(text) else { return false }
        operators += 1
        guard operators <= Self.mostOperators else {
            throw error("&& and || stand at most \(Self.mostOperators) times in a pattern")
        }
        return true
    }

    private mutating func primary() throws(LogFilterError) -> JSONPattern {
        if take("(") {
            guard depth < 32 else { throw error("parentheses nest more than 32 deep") }
            depth += 1
            defer { depth -= 1 }
            let inner = try alternatives()
            guard take(")") else { throw error("a ) is missing") }
            return inner
        }
        let path = try path()
        if take("IS NULL") { return .isNull(path) }
        if take("IS TRUE") { return .isBool(path, true) }
        if take("IS FALSE") { return .isBool(path, false) }
        if take("NOT EXISTS") { return .notExists(path) }
        guard let comparison = LogFilter.Comparison.allCases.first(where: { take($0.rawValue) }) else {
            throw error("after \(Self.text(path)) comes one of = != < <= > >= IS NULL, IS TRUE, IS FALSE, NOT EXISTS")
        }
        let operand = try operand()
        if case .text = operand, comparison != .equal, comparison != .notEqual {
            throw error("texts are compared with = and != only")
        }
        return .compare(path, comparison, operand)
    }

    private mutating func path() throws(LogFilterError) -> [JSONPattern.Step] {
        guard take("$") else { throw error("a value begins with $, for instance $.status") }
        var path: [JSONPattern.Step] = []
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: ".") {
                offset += 1
                let name = taken { Self.isName($0) }
                guard !name.isEmpty else { throw error("a name is missing after the dot") }
                path.append(.member(name))
            } else if bytes[offset] == UInt8(ascii: "[") {
                offset += 1
                path.append(try index())
            } else {
                break
            }
        }
        guard path.count <= Self.mostSteps else { throw error("a path has at most \(Self.mostSteps) names") }
        guard !path.isEmpty else { throw error("a name is missing after $") }
        return path
    }

    private mutating func index() throws(LogFilterError) -> JSONPattern.Step {
        let text = taken { $0 != UInt8(ascii: "]") }
        guard offset < bytes.count else { throw error("a ] is missing") }
        offset += 1
        if text == "*" { return .anyElement }
        if let index = Int(text), index >= 0 { return .element(index) }
        let quotes: Set<Character> = ["\"", "'"]
        guard let first = text.first, quotes.contains(first), text.last == first, text.count > 2 else {
            throw error("[\(text)] is neither a number nor *")
        }
        return .member(String(text.dropFirst().dropLast()))
    }

    private mutating func operand() throws(LogFilterError) -> JSONPattern.Operand {
        skipSpace()
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") {
            offset += 1
            let text = taken { $0 != UInt8(ascii: "\"") }
            guard offset < bytes.count else { throw error("a closing quote is missing") }
            offset += 1
            return .text(Glob(text, isExact: true))
        }
        let text = taken { !" \t\n}&|()".utf8.contains($0) }
        guard !text.isEmpty else { throw error("a value to compare with is missing") }
        return FilterNumber.value(text).map(JSONPattern.Operand.number) ?? .text(Glob(text, isExact: true))
    }

    private static func isName(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "@")
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func text(_ path: [JSONPattern.Step]) -> String {
        path.reduce(into: "$") { text, step in
            switch step {
            case .member(let name): text += ".\(name)"
            case .element(let index): text += "[\(index)]"
            case .anyElement: text += "[*]"
            }
        }
    }

    private mutating func taken(while condition: (UInt8) -> Bool) -> String {
        let start = offset
        while offset < bytes.count, condition(bytes[offset]) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func skipSpace() {
        while offset < bytes.count, [0x20, 0x09, 0x0A].contains(bytes[offset]) { offset += 1 }
    }

    private mutating func take(_ text: String) -> Bool {
        skipSpace()
        let count = text.utf8.count
        guard bytes.count - offset >= count, bytes[offset..<(offset + count)].elementsEqual(text.utf8) else {
            return false
        }
        offset += count
        return true
    }

    private func error(_ message: String) -> LogFilterError { LogFilterError(message: message, offset: offset) }
}
