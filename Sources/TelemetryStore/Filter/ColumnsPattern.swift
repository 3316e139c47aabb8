/// A pattern for lines of columns, as CloudWatch Logs has it: `[ip, user, ts, req, status=5*, bytes]`.
///
/// Columns are split at blanks; what stands in quotes or in square brackets is one column.
struct ColumnsPattern: Hashable, Sendable {
    enum Column: Hashable, Sendable {
        case any
        /// `...`: any number of columns.
        case rest
        case test([Test])
    }

    struct Test: Hashable, Sendable {
        var comparison: LogFilter.Comparison
        var operand: JSONPattern.Operand
    }

    var columns: [Column]

    func matches(_ line: some Collection<UInt8>) -> Bool {
        fits(columns[...], Self.split(line)[...])
    }

    private func fits(_ pattern: ArraySlice<Column>, _ values: ArraySlice<String>) -> Bool {
        guard let column = pattern.first else { return values.isEmpty }
        if column == .rest {
            let needed = pattern.count - 1
            guard values.count >= needed else { return false }
            return fits(pattern.dropFirst(), values.suffix(needed))
        }
        guard let value = values.first, Self.holds(column, value) else { return false }
        return fits(pattern.dropFirst(), values.dropFirst())
    }

    private static func holds(_ column: Column, _ value: String) -> Bool {
        guard case .test(let tests) = column else { return true }
        return tests.contains { test in
            switch test.operand {
            case .number(let number):
                guard let actual = FilterNumber.value(value) else { return test.comparison == .notEqual }
                return test.comparison.holds(actual, number)
            case .text(let glob):
                return glob.matches(value) != (test.comparison == .notEqual)
            }
        }
    }

    private static func split(_ line: some Collection<UInt8>) -> [String] {
        var values: [String] = []
        var value: [UInt8] = []
        var closing: UInt8?
        var isOpen = false
        for byte in line {
            if let end = closing {
                if byte == end { closing = nil } else { value.append(byte) }
                continue
            }
            switch byte {
            case UInt8(ascii: "\"") where value.isEmpty: (closing, isOpen) = (byte, true)
            case UInt8(ascii: "[") where value.isEmpty: (closing, isOpen) = (UInt8(ascii: "]"), true)
            case 0x20, 0x09:
                if !value.isEmpty || isOpen { values.append(String(decoding: value, as: UTF8.self)) }
                (value, isOpen) = ([], false)
            default: value.append(byte)
            }
        }
        if !value.isEmpty || isOpen { values.append(String(decoding: value, as: UTF8.self)) }
        return values
    }
}

/// Reads `[ip, user, status=5* || status=404, ...]`.
struct ColumnsPatternParser {
    private let bytes: [UInt8]
    private(set) var offset: Int

    init(_ bytes: [UInt8], offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    /// - Returns: `nil` for a word like `[ERROR]`, which is text: one name without any condition is no pattern.
    /// - Throws: ``LogFilterError`` when it is a pattern, but not a sound one.
    mutating func pattern() throws(LogFilterError) -> ColumnsPattern? {
        guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
        let inner = String(decoding: bytes[(offset + 1)..<end], as: UTF8.self)
        let parts = inner.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count > 1 || inner.contains(where: { "=<>".contains($0) }) else { return nil }
        guard parts.count <= 256 else { throw error("a column pattern has at most 256 columns") }
        var columns: [ColumnsPattern.Column] = []
        for part in parts { columns.append(try column(Self.trimmed(part))) }
        guard columns.filter({ $0 == .rest }).count <= 1 else { throw error("... may stand once in a column pattern") }
        offset = end + 1
        return ColumnsPattern(columns: columns)
    }

    private func column(_ text: String) throws(LogFilterError) -> ColumnsPattern.Column {
        if text == "..." { return .rest }
        guard text.contains(where: { "=<>".contains($0) }) else { return .any }
        var tests: [ColumnsPattern.Test] = []
        for part in Self.alternatives(text) { tests.append(try test(part)) }
        return .test(tests)
    }

    private func test(_ text: String) throws(LogFilterError) -> ColumnsPattern.Test {
        for comparison in LogFilter.Comparison.allCases {
            guard let place = Self.place(of: comparison.rawValue, in: text) else { continue }
            let value = Self.trimmed(text[place...].dropFirst(comparison.rawValue.count))
            guard !value.isEmpty else { throw error("\(text) lacks a value to compare with") }
            let plain =
                value.hasPrefix("\"") && value.hasSuffix("\"") && value.count > 1
                ? String(value.dropFirst().dropLast()) : value
            if let number = FilterNumber.value(plain) { return .init(comparison: comparison, operand: .number(number)) }
            guard comparison == .equal || comparison == .notEqual else {
                throw error("\(text): texts are compared with = and != only")
            }
            return .init(comparison: comparison, operand: .text(Glob(plain, isExact: true)))
        }
        throw error("\(text) has no comparison")
    }

    private static func place(of text: String, in whole: String) -> String.Index? {
        whole.indices.first { whole[$0...].hasPrefix(text) }
    }

    private static func alternatives(_ text: String) -> [String] {
        var parts: [String] = [""]
        var rest = text[...]
        while let character = rest.first {
            if rest.hasPrefix("||") {
                parts.append("")
                rest = rest.dropFirst(2)
            } else {
                parts[parts.count - 1].append(character)
                rest = rest.dropFirst()
            }
        }
        return parts.map { trimmed($0[...]) }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }

    private func error(_ message: String) -> LogFilterError { LogFilterError(message: message, offset: offset) }
}
