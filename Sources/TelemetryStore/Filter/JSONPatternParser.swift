/// Reads `{ $.a.b[0] = 5 && ($.c = "x*" || $.d = %y[0-9]% || $.e IS NULL) }`.
struct JSONPatternParser {
    private var scanner: PatternScanner
    private var depth = 0
    private var operators = 0

    private static let mostOperators = 128
    private static let mostSteps = 32
    private static let mostNested = 32

    init(_ scanner: PatternScanner) { self.scanner = scanner }

    var offset: Int { scanner.offset }

    mutating func pattern() throws(LogFilterError) -> JSONPattern {
        scanner.offset += 1
        let pattern = try alternatives()
        guard scanner.take("}") else { throw scanner.error("a } is missing") }
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
        guard scanner.take(text) else { return false }
        operators += 1
        guard operators <= Self.mostOperators else {
            throw scanner.error("&& and || stand at most \(Self.mostOperators) times in a pattern")
        }
        return true
    }

    private mutating func primary() throws(LogFilterError) -> JSONPattern {
        if scanner.take("(") {
            guard depth < Self.mostNested else {
                throw scanner.error("parentheses nest more than \(Self.mostNested) deep")
            }
            depth += 1
            defer { depth -= 1 }
            let inner = try alternatives()
            guard scanner.take(")") else { throw scanner.error("a ) is missing") }
            return inner
        }
        let path = try path()
        if scanner.takeWords("IS", "NULL") { return .isNull(path) }
        if scanner.takeWords("IS", "TRUE") { return .isBool(path, true) }
        if scanner.takeWords("IS", "FALSE") { return .isBool(path, false) }
        if scanner.takeWords("NOT", "EXISTS") { return .notExists(path) }
        guard let comparison = LogFilter.Comparison.allCases.first(where: { scanner.take($0.rawValue) }) else {
            throw scanner.error(
                "after \(Self.text(path)) comes one of = != < <= > >= IS NULL, IS TRUE, IS FALSE, NOT EXISTS")
        }
        let operand = try scanner.operand { !" \t\n}&|()".utf8.contains($0) }
        guard operand.fits(isOrdered: comparison.isOrdered) else {
            throw scanner.error("texts are compared with = and != only")
        }
        return .compare(path, comparison, operand)
    }

    private mutating func path() throws(LogFilterError) -> [JSONPattern.Step] {
        guard scanner.take("$") else { throw scanner.error("a value begins with $, for instance $.status") }
        var path: [JSONPattern.Step] = []
        while let byte = scanner.current {
            if byte == UInt8(ascii: ".") {
                scanner.offset += 1
                if scanner.current == UInt8(ascii: "[") { continue }
                path.append(try member())
            } else if byte == UInt8(ascii: "[") {
                scanner.offset += 1
                path.append(try index())
            } else {
                break
            }
        }
        guard path.count <= Self.mostSteps else { throw scanner.error("a path has at most \(Self.mostSteps) names") }
        guard !path.isEmpty else { throw scanner.error("a name is missing after $") }
        return path
    }

    private mutating func member() throws(LogFilterError) -> JSONPattern.Step {
        if scanner.current == UInt8(ascii: "*") {
            scanner.offset += 1
            return .anyMember
        }
        let name = scanner.taken { $0 >= 0x80 || ($0 != UInt8(ascii: ".") && PatternOperand.isPlain($0)) }
        guard !name.isEmpty else { throw scanner.error("a name is missing after the dot") }
        return .member(name)
    }

    private mutating func index() throws(LogFilterError) -> JSONPattern.Step {
        if let quote = scanner.current, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
            let name = try scanner.quoted()
            guard scanner.take("]") else { throw scanner.error("a ] is missing") }
            return .member(name)
        }
        let text = scanner.taken { $0 != UInt8(ascii: "]") }
        guard scanner.current != nil else { throw scanner.error("a ] is missing") }
        scanner.offset += 1
        if text == "*" { return .anyElement }
        guard let index = Int(text), index >= 0 else { throw scanner.error("[\(text)] is neither a number nor *") }
        return .element(index)
    }

    static func text(_ path: [JSONPattern.Step]) -> String {
        path.reduce(into: "$") { text, step in
            switch step {
            case .member(let name): text += ".\(name)"
            case .element(let index): text += "[\(index)]"
            case .anyElement: text += "[*]"
            case .anyMember: text += ".*"
            }
        }
    }
}

extension JSONPatternParser {
    /// A selector alone, as a metric's value or dimension has it: `$.latency`.
    ///
    /// - Throws: ``LogFilterError`` when there is more than a selector, or none.
    static func selector(_ text: String) throws(LogFilterError) -> [JSONPattern.Step] {
        var parser = JSONPatternParser(PatternScanner(text))
        let path = try parser.path()
        guard parser.scanner.current == nil else { throw parser.scanner.error("\(text) is no selector") }
        return path
    }
}

extension LogFilter.Comparison {
    /// Only numbers can be compared so.
    var isOrdered: Bool { self != .equal && self != .notEqual }
}
