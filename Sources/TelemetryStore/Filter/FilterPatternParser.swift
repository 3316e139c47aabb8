/// Reads the patterns of CloudWatch Logs (User Guide, "Filter pattern syntax"): `ERROR -"took too long"`, `?WARN ?ERROR`,
/// `%user-[0-9]+%`, `{ $.level = "ERROR" }`, `[ip, status = 5*, ...]`.
///
/// `?` makes alternatives, which are ignored beside terms without `?`; `-` excludes.
struct FilterPatternParser {
    private var scanner: PatternScanner
    private var required: [LogFilter.Term] = []
    private var optional: [LogFilter.Term] = []
    private var excluded: [LogFilter.Term] = []

    /// Characters of a whole pattern.
    private static let longest = 1024

    init(_ text: String) { scanner = PatternScanner(text) }

    mutating func terms() throws(LogFilterError) -> [LogFilter.Term] {
        guard scanner.bytes.count <= 4 * Self.longest,
            String(decoding: scanner.bytes, as: UTF8.self).count <= Self.longest
        else { throw LogFilterError(message: "it is longer than \(Self.longest) characters", offset: Self.longest) }
        scanner.skipSpace()
        switch scanner.current {
        case UInt8(ascii: "{"):
            var parser = JSONPatternParser(scanner)
            let pattern = try parser.pattern()
            return [.json(try whole(pattern, until: parser.offset))]
        case UInt8(ascii: "["):
            var parser = ColumnsPatternParser(scanner)
            let pattern = try parser.pattern()
            return [.columns(try whole(pattern, until: parser.offset))]
        default: return try words()
        }
    }

    private mutating func whole<Pattern>(_ pattern: Pattern, until end: Int) throws(LogFilterError) -> Pattern {
        scanner.offset = end
        scanner.skipSpace()
        guard scanner.current == nil else { throw scanner.error("more text after the pattern's end") }
        return pattern
    }

    private mutating func words() throws(LogFilterError) -> [LogFilter.Term] {
        while true {
            scanner.skipSpace()
            guard let byte = scanner.current else { break }
            switch byte {
            case UInt8(ascii: "?"):
                scanner.offset += 1
                optional += try term()
            case UInt8(ascii: "-"):
                scanner.offset += 1
                excluded += try term()
            default: required += try term()
            }
        }
        let others = required + excluded.map { .not($0) }
        return others.isEmpty && !optional.isEmpty ? [.any(optional.map { [$0] })] : others
    }

    /// One term, or none for empty quotes, which match everything.
    private mutating func term() throws(LogFilterError) -> [LogFilter.Term] {
        switch scanner.current {
        case UInt8(ascii: "\""):
            let text = Array(try scanner.quoted().utf8)
            return text.isEmpty ? [] : [.exact(text)]
        case UInt8(ascii: "%"): return [.regex(source: try scanner.regex(), ignoresCase: false)]
        default: return [.exact(try word())]
        }
    }

    private mutating func word() throws(LogFilterError) -> [UInt8] {
        let word = Array(scanner.taken { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }.utf8)
        guard !word.isEmpty else { throw scanner.error("a term is missing after ? or -") }
        // Everything else must stand in quotes.
        guard
            word.allSatisfy({
                $0 >= 0x80 || ($0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "@") && PatternOperand.isPlain($0))
            })
        else { throw scanner.error("Invalid character(s) in term '\(String(decoding: word, as: UTF8.self))'") }
        return word
    }
}
