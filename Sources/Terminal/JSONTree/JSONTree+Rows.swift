package import JSON

extension JSONTree {
    package struct Row: Sendable {
        package var path: Path
        package var level: Int
        /// The member's name; `nil` in arrays.
        package var name: String?
        package var value: JSON
        /// Whether it is the row of the closing bracket.
        package var isClosing: Bool
        package var isExpanded: Bool
        /// Whether a comma follows.
        package var isLast: Bool
    }

    /// One row, found by going down from the root.
    package func row(_ index: Int) -> Row? {
        guard index >= 0, index < rowCount else { return nil }
        var found = Row(
            path: [], level: 0, name: nil, value: root, isClosing: false, isExpanded: expanded.contains([]),
            isLast: true)
        var left = index
        while left > 0 {
            let height = heights[found.path] ?? 1
            guard left < height - 1 else {
                found.isClosing = true
                return found
            }
            guard let (child, skipped) = child(of: found, containing: left - 1) else { return nil }
            left -= skipped + 1
            found = child
        }
        return found
    }

    /// - Parameter row: counted from the first child's first row.
    /// - Returns: the child and how many rows are before it.
    private func child(of parent: Row, containing row: Int) -> (Row, Int)? {
        let level = parent.path.count
        guard let open = openChildren[parent.path]?.last(holding: { $0.start <= row }) else {
            return made(row, of: parent, level: level).map { ($0, row) }
        }
        guard row >= open.start + open.height else {
            return made(open.index, of: parent, level: level).map { ($0, open.start) }
        }
        return made(row - open.extra - open.height + 1, of: parent, level: level).map { ($0, row) }
    }

    private func made(_ index: Int, of parent: Row, level: Int) -> Row? {
        guard let value = parent.value.child(index) else { return nil }
        let path = parent.path + [index]
        return Row(
            path: path, level: level + 1, name: parent.value.childName(index), value: value, isClosing: false,
            isExpanded: expanded.contains(path), isLast: index == parent.value.childCount - 1)
    }

    package var selected: Row? { row(cursor.index) }

    /// The path of the selected value as JSONPath: `$.order.items[2]['a b']`.
    package var selectedPath: String { selected.map { jsonPath($0.path) } ?? "$" }

    package func jsonPath(_ path: Path) -> String {
        var text = "$"
        var value = root
        for index in path {
            if let name = value.childName(index) {
                text += Self.isPlain(name) ? ".\(name)" : "[\(Self.quoted(name))]"
            } else {
                text += "[\(index)]"
            }
            guard let child = value.child(index) else { return text }
            value = child
        }
        return text
    }

    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, !("0"..."9").contains(first) else { return false }
        return name.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_")
        }
    }

    private static func quoted(_ name: String) -> String {
        "'" + name.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "'"
    }
}
