import JSON
import Telemetry
import Terminal

extension ItemBrowser {
    /// Where the list of items is.
    func list(in rect: Rect) -> Rect { Pane.inside(parts(rect).list) }

    private func parts(_ rect: Rect) -> (head: Rect, list: Rect) {
        let rows = form.map { $0.shown.count + 2 } ?? (rect.rows >= 10 ? 3 : 0)
        let parts = rect.splitRows(.fixed(rows), .share(1, atLeast: 3))
        return (parts[0], parts[1])
    }

    func draw(on canvas: inout Canvas, in rect: Rect) {
        let parts = parts(rect)
        if let form {
            let note = [Run("Tab next field · Enter runs · Esc leaves it", .dim)]
            form.draw(on: &canvas, in: canvas.pane(parts.head, title: "query", note: note, isFocused: true))
        } else if parts.head.rows >= 3 {
            let inside = canvas.pane(parts.head, title: "query", note: [Run("/ changes it", .dim)])
            canvas.draw(question, at: Point(column: inside.column + 1, row: inside.row), limit: inside.columns - 2)
        }
        let inside = canvas.pane(parts.list, title: title, note: note, isFocused: form == nil)
        guard failure == nil else { return drawFailure(on: &canvas, in: inside) }
        guard !items.isEmpty else { return canvas.drawNote(emptyNote, in: inside) }
        itemTable.draw(on: &canvas, in: inside) { row, column in
            cell(items[row], shownColumns[column])
        }
    }

    /// What is looked at, in words.
    private var question: [Run] {
        guard let schema else { return [Run("waiting for the table's keys", .dim)] }
        let keys = query.keys(schema)
        var runs = [
            Run(query.partition.isEmpty ? "scan " : "query ", .title, .bold), Run(query.index ?? table, .strong),
        ]
        func add(_ name: String, _ value: String) {
            runs += [Run("   \(name) ", .dim), Run(value, .accent)]
        }
        if query.partition.isEmpty {
            add(keys.partition.text, "any")
        } else {
            add(keys.partition.text, query.partition)
        }
        if let sort = keys.sort {
            if !query.sort.isEmpty { add(sort.text, query.sort) }
            if !query.partition.isEmpty { add("order", query.isDescending ? "greatest first" : "smallest first") }
        }
        if !query.filter.isEmpty { add("filter", query.filter) }
        return runs
    }

    private var title: String { "items \(Mark.vertical) page \(starts.count)" }

    private var note: [Run] {
        if pending != nil { return [Run("reading", .accent)] }
        guard let duration else { return [] }
        let seen = scanned == items.count ? "" : " of \(Format.count(scanned)) looked at"
        let more = next == nil ? "the last page" : "more: n"
        return [Run("\(items.count)\(seen) · \(duration.text) · \(more)", .dim)]
    }

    private func drawFailure(on canvas: inout Canvas, in rect: Rect) {
        let rows = [Run("\(Mark.failed) \(failure ?? "")", .error)].wrapped(
            to: rect.columns - 3, limit: 6, atWords: true
        ).rows
        for (row, runs) in (rows + [[Run("/ changes the query · R asks again", .dim)]]).enumerated()
        where row < rect.rows {
            canvas.draw(runs, at: Point(column: rect.column + 2, row: rect.row + row), limit: rect.columns - 3)
        }
    }

    private var emptyNote: [String] {
        guard pending == nil, duration != nil else { return ["reading the items"] }
        guard next == nil else {
            return ["none of the \(scanned) items of this page is like that", "n looks at the next page"]
        }
        return isFiltered ? ["no item is like that", "F clears the query"] : ["the table is empty"]
    }

    // MARK: Table

    /// The keys stay; the attributes move under `< >`.
    private var shownColumns: [ItemColumn] {
        columns.filter(\.isKey) + columns.filter { !$0.isKey }.dropFirst(shift)
    }

    var itemTable: Table {
        let shown = shownColumns
        let columns = shown.enumerated().map { place, column in
            TableColumn(
                "\(column.name) \(column.types)", column.types == "N" ? .right : .left,
                minimum: min(max(width(column), 6), 16), ideal: min(max(width(column), 6), 48),
                dropOrder: column.isKey ? 0 : place + 1)
        }
        return Table(columns, rowCount: items.count, cursor: cursor)
    }

    /// What the title and the values of the page take.
    private func width(_ column: ItemColumn) -> Int {
        let values = items.map { item in
            item[column.name].map { Text.width(String(Attribute.text($0).prefix(60))) } ?? 1
        }
        return max(values.max() ?? 1, Text.width(column.name) + 1 + column.types.count)
    }

    private func cell(_ item: JSONObject, _ column: ItemColumn) -> TableCell {
        guard let value = item[column.name] else { return .none }
        if Secrets.isSecret(column.name), Attribute.type(value) == "S" { return .text(Secrets.mask, .dim) }
        return .text(
            String(Attribute.text(value).prefix(500).map { $0.isNewline ? " " : $0 }),
            column.isKey ? .accent : Attribute.role(value))
    }
}

extension ItemForm {
    func draw(on canvas: inout Canvas, in rect: Rect) {
        let width = min(shown.map { Text.width(label($0)) }.max() ?? 0, rect.columns / 3)
        for (row, field) in shown.enumerated() where row < rect.rows {
            let line = rect.line(row)
            let isFocused = field == focus
            let label = Rect(column: line.column + 1, row: line.row, columns: width, rows: 1)
            canvas.draw(StyledText(self.label(field), Style(isFocused ? .accent : .dim)), in: label, align: .right)
            let place = Rect(
                column: label.endColumn + 2, row: line.row, columns: max(line.endColumn - label.endColumn - 3, 0),
                rows: 1)
            if let choice = choice(field) {
                let runs = isFocused ? [Run("◂ \(choice) ▸", .strong, .bold)] : [Run("  \(choice)", .text)]
                canvas.draw(runs, at: place.origin, limit: place.columns)
            } else {
                fields[field]?.draw(on: &canvas, in: place, isFocused: isFocused)
            }
        }
    }
}
