/// What a value in a pattern of JSON or columns is compared with.
enum PatternOperand: Hashable, Sendable {
    case number(Double)
    case text(Glob)
    /// As POSIX writes it.
    case regex(String)

    /// - Parameter isOrdered: the comparison is one of `< <= > >=`, which only numbers know.
    func fits(isOrdered: Bool) -> Bool {
        if case .number = self { true } else { !isOrdered }
    }

    func holds(_ value: String, number: Double?, _ comparison: LogFilter.Comparison, _ regexes: RegexTable) -> Bool {
        switch self {
        case .number(let wanted):
            guard let actual = number ?? FilterNumber.value(value) else { return comparison == .notEqual }
            return comparison.holds(actual, wanted)
        case .text(let glob): return glob.matches(value) != (comparison == .notEqual)
        case .regex(let source): return regexes.matches(source, value) != (comparison == .notEqual)
        }
    }

    var regex: String? {
        if case .regex(let source) = self { source } else { nil }
    }

    /// A text in lower case that every value has which is equal; `nil` when none is easily seen.
    var literal: [UInt8]? {
        switch self {
        case .number: nil
        case .text(let glob): glob.literal
        case .regex(let source): RegexLiteral.longest(in: source)
        }
    }

    /// JSON may write every other character in several ways.
    static func isPlain(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "@") || byte == UInt8(ascii: ".")
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}

extension [UInt8] {
    /// The longest run of bytes that JSON always writes as they are, in lower case; `nil` when it is short.
    var plainRun: [UInt8]? {
        let runs = split { !PatternOperand.isPlain($0) }
        guard let longest = runs.max(by: { $0.count < $1.count }), longest.count > 1 else { return nil }
        return longest.map(Glob.lower)
    }
}
