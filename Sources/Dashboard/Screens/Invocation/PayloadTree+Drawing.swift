import JSON
import Telemetry
import Terminal

extension PayloadTree {
    /// Longer texts are cut; copying gives them whole.
    private static let textLimit = 2000

    func draw(on canvas: inout Canvas, in rect: Rect, isFocused: Bool) {
        guard !payload.bytes.isEmpty else {
            canvas.draw(
                "nothing", at: Point(column: rect.column + 1, row: rect.row), style: Style(.dim), limit: rect.columns)
            return
        }
        for (row, place) in cursor.visible(count: count, height: rect.rows).enumerated() {
            let isSelected = isFocused && place == cursor.place
            let line = Rect(column: rect.column, row: rect.row + row, columns: rect.columns, rows: 1)
            if isSelected { canvas.fill(line, Style(.text, on: .selection)) }
            canvas.draw(
                picture(of: place), at: line.origin, limit: line.columns, on: isSelected ? .selection : nil)
        }
    }

    /// `first 64 KiB of 1.2 MiB`, or the size.
    var note: String {
        guard payload.isCut else { return Format.bytes(payload.totalCount) }
        return "first \(Format.bytes(payload.bytes.count)) of \(Format.bytes(payload.totalCount))"
    }

    private func picture(of place: Int) -> [Run] {
        guard isTree else { return [Run(" " + String(text[place].prefix(Self.textLimit)))] }
        let index = rows[place]
        let node = nodes[index]
        let isOpen = !collapsed.contains(index)
        let mark = node.isContainer ? (isOpen ? Mark.opened : Mark.closed) : " "
        var runs = [Run(" " + String(repeating: "  ", count: min(max(node.depth - 1, 0), 24)) + mark + " ", .dim)]
        if let name = node.name { runs += [Run(name, .key), Run(node.isContainer && isOpen ? "" : ": ", .dim)] }
        runs += picture(of: node, isOpen: isOpen)
        return runs
    }

    private func picture(of node: Node, isOpen: Bool) -> [Run] {
        switch node.value {
        case .object(let count): [Run(container("{", "}", count, node, isOpen), .dim)]
        case .array(let count): [Run(container("[", "]", count, node, isOpen), .dim)]
        case .string(let text): [Run(JSON.string(String(text.prefix(Self.textLimit))).text, .string)]
        case .number(let text): [Run(text, .number)]
        case .word(let text): [Run(text, .keyword)]
        case .more: [Run("\(Mark.ellipsis) more than can be shown here; y copies all", .dim)]
        }
    }

    private func container(
        _ open: String, _ close: String, _ count: Int, _ node: Node, _ isOpen: Bool
    ) -> String {
        guard count > 0 else { return open + close }
        if isOpen { return open == "[" ? " [\(count)]" : "" }
        return "\(open)\(Mark.ellipsis)\(count)\(close)"
    }
}
