/// Reads `[ip, user, status=5* || status=404, ...]`.
struct ColumnsPatternParser {
    private var scanner: PatternScanner

    private static let mostColumns = 256
    private static let mostOperators = 128

    init(_ scanner: PatternScanner) { self.scanner = scanner }

    var offset: Int { scanner.offset }

    /// Whether the text is meant as a pattern: `[ERROR]` is a word, one name without any condition.
    var looksLikeAPattern: Bool {
        let bytes = scanner.bytes
        guard let end = bytes[scanner.offset...].lastIndex(of: UInt8(ascii: "]")) else { return false }
        return bytes[scanner.offset..<end].contains { ",=<>".utf8.contains($0) }
    }

    /// - Throws: ``LogFilterError`` when it is not a sound pattern.
    mutating func pattern() throws(LogFilterError) -> ColumnsPattern {
        scanner.offset += 1
        var pattern = ColumnsPattern(columns: [], names: [])
        repeat {
            try column(into: &pattern)
            guard pattern.columns.count <= Self.mostColumns else {
                throw scanner.error("a column pattern has at most \(Self.mostColumns) columns")
            }
        } while scanner.take(",")
        guard scanner.take("]") else {
            throw scanner.error("after a column comes , or ]")
        }
        guard pattern.columns.filter({ $0 == .rest }).count <= 1 else {
            throw scanner.error("... may stand once in a column pattern")
        }
        return pattern
    }

    private mutating func column(into pattern: inout ColumnsPattern) throws(LogFilterError) {
        if scanner.take("...") {
            pattern.columns.append(.rest)
            pattern.names.append("")
            return
        }
        var operators = 0
        var name = ""
        scanner.skipSpace()
        // A place without a name is a column as well: `[, b]`.
        guard let byte = scanner.current, byte != UInt8(ascii: ","), byte != UInt8(ascii: "]") else {
            pattern.columns.append(.any)
            pattern.names.append("")
            return
        }
        let condition = try alternatives(&name, &operators)
        pattern.columns.append(condition.map { .test($0) } ?? .any)
        pattern.names.append(name)
    }

    private mutating func alternatives(
        _ name: inout String, _ operators: inout Int
    ) throws(LogFilterError) -> ColumnsPattern.Condition? {
        guard var left = try conjunction(&name, &operators) else { return nil }
        while scanner.take("||") {
            guard let right = try conjunction(&name, &operators) else {
                throw scanner.error("|| stands between conditions")
            }
            left = .or(left, right)
        }
        return left
    }

    private mutating func conjunction(
        _ name: inout String, _ operators: inout Int
    ) throws(LogFilterError) -> ColumnsPattern.Condition? {
        guard var left = try test(&name, &operators) else { return nil }
        while scanner.take("&&") {
            guard let right = try test(&name, &operators) else { throw scanner.error("&& stands between conditions") }
            left = .and(left, right)
        }
        return left
    }

    private mutating func test(
        _ name: inout String, _ operators: inout Int
    ) throws(LogFilterError) -> ColumnsPattern.Condition? {
        operators += 1
        guard operators <= Self.mostOperators else {
            throw scanner.error("a column has at most \(Self.mostOperators) conditions")
        }
        if scanner.take("(") {
            let inner = try alternatives(&name, &operators)
            guard scanner.take(")") else { throw scanner.error("a ) is missing") }
            return inner
        }
        scanner.skipSpace()
        let word = scanner.taken { !" \t\n,=<>!&|()[]\"%".utf8.contains($0) }
        guard !word.isEmpty else { throw scanner.error("a column has a name") }
        guard name.isEmpty || word == name else {
            throw scanner.error("\(word) is another column than \(name)")
        }
        name = word
        guard let comparison = LogFilter.Comparison.allCases.first(where: { scanner.take($0.rawValue) }) else {
            return nil
        }
        let operand = try scanner.operand { !" \t\n,&|()]".utf8.contains($0) }
        guard operand.fits(isOrdered: comparison.isOrdered) else {
            throw scanner.error("\(word): texts are compared with = and != only")
        }
        return .compare(comparison, operand)
    }
}
