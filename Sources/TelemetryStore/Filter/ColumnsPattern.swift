/// A pattern for lines of columns, as CloudWatch Logs has it: `[ip, user, ts, req, status=5*, bytes]`.
///
/// Columns are split at blanks; what stands in quotes or in square brackets is one column.
struct ColumnsPattern: Hashable, Sendable {
    enum Column: Hashable, Sendable {
        case any
        /// `...`: any number of columns.
        case rest
        case test(Condition)
    }

    indirect enum Condition: Hashable, Sendable {
        case compare(LogFilter.Comparison, PatternOperand)
        case and(Condition, Condition)
        case or(Condition, Condition)
    }

    var columns: [Column]
    /// The names that the pattern gives to its columns; empty where it gives none.
    var names: [String]

    func matches(_ line: some Collection<UInt8>, _ regexes: RegexTable) -> Bool {
        fits(columns[...], Self.split(line)[...], regexes)
    }

    private func fits(_ pattern: ArraySlice<Column>, _ values: ArraySlice<String>, _ regexes: RegexTable) -> Bool {
        guard let column = pattern.first else { return values.isEmpty }
        if column == .rest {
            let needed = pattern.count - 1
            guard values.count >= needed else { return false }
            return fits(pattern.dropFirst(), values.suffix(needed), regexes)
        }
        guard let value = values.first, holds(column, value, regexes) else { return false }
        return fits(pattern.dropFirst(), values.dropFirst(), regexes)
    }

    private func holds(_ column: Column, _ value: String, _ regexes: RegexTable) -> Bool {
        guard case .test(let condition) = column else { return true }
        return condition.holds(value, regexes)
    }

    /// The values of a line that matches, by the name of their column; `$3` where it has none.
    func values(of line: some Collection<UInt8>) -> [(name: String, value: String)] {
        let values = Self.split(line)
        let rest = columns.firstIndex(of: .rest) ?? columns.count
        let skipped = values.count - columns.count
        return values.enumerated().map { index, value in
            // What the dots stand for has no name.
            let column = index < rest ? index : max(index - skipped, rest)
            let isNamed =
                column >= 0 && names.indices.contains(column) && !names[column].isEmpty && columns[column] != .rest
            return (isNamed ? "$\(names[column])" : "$\(index + 1)", value)
        }
    }

    static func split(_ line: some Collection<UInt8>) -> [String] {
        var values: [String] = []
        var value: [UInt8] = []
        var closing: UInt8?
        func close() {
            values.append(String(decoding: value, as: UTF8.self))
            value = []
        }
        for byte in line {
            if let end = closing {
                guard byte == end else {
                    value.append(byte)
                    continue
                }
                closing = nil
                close()
                continue
            }
            switch byte {
            case UInt8(ascii: "\"") where value.isEmpty: closing = byte
            case UInt8(ascii: "[") where value.isEmpty: closing = UInt8(ascii: "]")
            case 0x20, 0x09, 0x0A, 0x0D: if !value.isEmpty { close() }
            default: value.append(byte)
            }
        }
        if !value.isEmpty { close() }
        return values
    }

    /// The sources of its regular expressions.
    var regexes: [String] {
        columns.flatMap { if case .test(let condition) = $0 { condition.regexes } else { [String]() } }
    }

    /// A text in lower case that every matching line has.
    var literal: [UInt8]? {
        columns.compactMap { if case .test(let condition) = $0 { condition.literal } else { nil } }
            .max { $0.count < $1.count }
    }
}

extension ColumnsPattern.Condition {
    func holds(_ value: String, _ regexes: RegexTable) -> Bool {
        switch self {
        case .compare(let comparison, let operand): operand.holds(value, number: nil, comparison, regexes)
        case .and(let left, let right): left.holds(value, regexes) && right.holds(value, regexes)
        case .or(let left, let right): left.holds(value, regexes) || right.holds(value, regexes)
        }
    }

    var regexes: [String] {
        switch self {
        case .compare(_, let operand): operand.regex.map { [$0] } ?? []
        case .and(let left, let right), .or(let left, let right): left.regexes + right.regexes
        }
    }

    var literal: [UInt8]? {
        switch self {
        case .compare(.equal, let operand): operand.literal
        case .and(let left, let right): left.literal ?? right.literal
        case .compare, .or: nil
        }
    }
}
