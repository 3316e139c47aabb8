import Terminal

/// Rows of text under a head, each column as wide as its widest cell.
enum TextTable {
    /// - Parameter right: the columns whose cells end at the same place: numbers.
    static func text(_ head: [String], _ rows: [[String]], right: Set<Int> = []) -> String {
        let lines = ([head] + rows).map { row in row.map { SafeText.line($0) } }
        let widths = head.indices.map { column in
            lines.map { column < $0.count ? Text.width($0[column]) : 0 }.max() ?? 0
        }
        return lines.map { line in
            let cells = line.indices.map { column in
                let space = String(repeating: " ", count: max(widths[column] - Text.width(line[column]), 0))
                return right.contains(column) ? space + line[column] : line[column] + space
            }
            return cells.joined(separator: "  ").trimmingEnd
        }
        .joined(separator: "\n")
    }
}

extension SafeText {
    /// Text from outside in one line.
    static func line(_ text: String) -> String {
        String(visible(Array(text.utf8)).map { $0 == "\n" || $0 == "\t" ? " " : $0 })
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var rest = self[...]
        while rest.last == " " { rest = rest.dropLast() }
        return String(rest)
    }
}
