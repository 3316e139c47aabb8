import JSON

extension JSONTree {
    /// Draws the visible rows.
    ///
    /// - Returns: which rows are shown.
    @discardableResult
    package func draw(on canvas: inout Canvas, in rect: Rect, isFocused: Bool = true) -> ScrollWindow {
        ListView(count: rowCount, cursor: cursor, isFocused: isFocused).draw(on: &canvas, in: rect) { index in
            row(index).map(line) ?? StyledText()
        }
    }

    private func line(_ row: Row) -> StyledText {
        // Far too deep for the screen is as good as at its edge.
        var text = StyledText(String(repeating: "  ", count: min(row.level, 100)))
        let hasChildren = row.value.childCount > 0
        let comma = row.isLast || row.level == 0 ? "" : ","
        guard !row.isClosing else {
            text.append("  " + row.value.brackets.close, .text)
            text.append(comma, .dim)
            return text
        }
        text.append(hasChildren ? (row.isExpanded ? "▾ " : "▸ ") : "  ", .dim)
        if let name = row.name {
            text.append(JSON.string(Self.shortened(name)).text, .key)
            text.append(": ", .dim)
        }
        text.append(Self.value(row))
        if !row.isExpanded { text.append(comma, .dim) }
        return text
    }

    private static func value(_ row: Row) -> StyledText {
        switch row.value {
        case .null: return StyledText("null", .keyword)
        case .bool(let value): return StyledText(value ? "true" : "false", .keyword)
        case .number(let number): return StyledText(shortened(number.text), .number)
        case .string(let text): return StyledText(JSON.string(shortened(text)).text, .string)
        case .array, .object:
            let brackets = row.value.brackets
            if row.isExpanded { return StyledText(brackets.open) }
            let count = row.value.childCount
            guard count > 0 else { return StyledText(brackets.open + brackets.close) }
            return StyledText(brackets.open) + StyledText("…\(count)", .dim) + StyledText(brackets.close)
        }
    }

    /// No screen is wider; a value of megabytes must not cost its length for each frame.
    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > 2000 else { return text }
        return String(text.prefix(500)) + "…"
    }

    func collect(
        _ value: JSON, name: String?, _ path: Path, _ needle: String, _ matches: inout [Path], _ left: inout Int
    ) {
        guard left > 0 else { return }
        left -= 1
        if name?.lowercased().contains(needle) == true || Self.scalarText(value)?.contains(needle) == true {
            matches.append(path)
        }
        for index in 0..<value.childCount {
            guard left > 0, let child = value.child(index) else { return }
            collect(child, name: value.childName(index), path + [index], needle, &matches, &left)
        }
    }

    private static func scalarText(_ value: JSON) -> String? {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let number): number.text.lowercased()
        case .string(let text): text.lowercased()
        case .array, .object: nil
        }
    }
}
