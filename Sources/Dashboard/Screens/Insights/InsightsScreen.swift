import LogsInsights
import Telemetry
import TelemetryStore
package import Terminal

/// A query of CloudWatch Logs Insights over the whole log: written here, with a table and a chart of what it found.
package struct InsightsScreen: Hashable, Sendable {
    var editor: EventEditor
    /// Log groups, with commas between them.
    var groups = TextField("", placeholder: "all log groups; /aws/lambda/pay, *order*")
    var focus = Focus.query
    private(set) var query: InsightsQuery?
    private(set) var problem: InsightsError?
    /// What is asked and not yet answered.
    private(set) var running: InsightsRequest?
    private(set) var answer: InsightsAnswer?
    private var history = FilterHistory()
    private(set) var cursor = ListCursor()
    /// The first column that is shown.
    private(set) var firstColumn = 0
    private(set) var top = 0
    var layout = InsightsLayout(Rect(column: 0, row: 0, columns: 80, rows: 20), hasChart: false)
    private var rect = Rect(column: 0, row: 0, columns: 80, rows: 20)

    enum Focus: Hashable, CaseIterable {
        case query, groups, results
    }

    static let firstQuery = "fields @timestamp, @log, @message\n| sort @timestamp desc\n| limit 100"

    init(query: String?, runsAtOnce: Bool = false) {
        editor = EventEditor(query ?? Self.firstQuery)
        editor.move(to: editor.end)
        check()
        if runsAtOnce { _ = start() }
    }

    var text: String { editor.text }

    /// Says what is wrong as it is typed.
    mutating func check() {
        do throws(InsightsError) {
            query = try InsightsQuery(parsing: editor.text)
            problem = nil
        } catch {
            query = nil
            problem = error
        }
        reveal()
    }

    /// - Returns: what to tell the person.
    mutating func start() -> String? {
        guard let query else { return problem?.message }
        history.remember(editor.text)
        let names = groups.text.split(whereSeparator: { $0 == "," || $0 == " " }).map { Glob($0) }
        running = InsightsRequest(query: query, groups: names)
        return nil
    }

    /// - Returns: whether something ran.
    mutating func stop() -> Bool {
        defer { running = nil }
        return running != nil
    }

    mutating func take(_ answer: InsightsAnswer, for request: InsightsRequest) {
        guard request == running else { return }
        running = nil
        self.answer = answer
        cursor = ListCursor()
        firstColumn = 0
        lay(out: rect)
        if !answer.result.rows.isEmpty, focus == .query { focus = .results }
    }

    mutating func replace(with text: String) {
        editor.replace(with: text)
        editor.move(to: editor.end)
        check()
    }

    mutating func older() {
        if let text = history.older(than: editor.text) { replace(with: text) }
    }

    mutating func newer() {
        if let text = history.newer() { replace(with: text) }
    }

    mutating func move(by step: Int) {
        cursor.move(by: step, count: rows.count)
        settle()
    }

    mutating func select(_ row: Int) {
        guard rows.indices.contains(row) else { return }
        move(by: row - cursor.index)
    }

    mutating func moveColumns(by step: Int) {
        firstColumn = min(max(firstColumn + step, 0), max((answer?.result.columns.count ?? 1) - 1, 0))
    }

    var rows: [InsightsResult.Row] { answer?.result.rows ?? [] }

    var selected: InsightsResult.Row? { rows.indices.contains(cursor.index) ? rows[cursor.index] : nil }

    private mutating func settle() {
        cursor = ListCursor(
            index: cursor.index,
            first: cursor.window(visible: max(layout.table.rows - 1, 0), count: rows.count).first)
    }

    package mutating func lay(out rect: Rect) {
        self.rect = rect
        layout = InsightsLayout(rect, hasChart: answer?.result.timeColumn != nil)
        reveal()
        settle()
    }

    /// Keeps the line that is edited in sight.
    private mutating func reveal() {
        let rows = max(layout.editor.rows, 1)
        let line = editor.cursor.line
        if line < top { top = line }
        if line >= top + rows { top = line - rows + 1 }
        // Where there is room for more lines none is hidden.
        top = min(max(top, 0), max(editor.lines.count - rows, 0))
    }

    /// Where the wrong word stands.
    var problemPlace: EventEditor.Place? {
        guard let problem else { return nil }
        let before = Array(editor.text.utf8.prefix(problem.range.lowerBound))
        let lines = before.split(separator: 0x0A, omittingEmptySubsequences: false)
        let column = String(decoding: lines.last ?? [], as: UTF8.self).count
        return editor.clamped(EventEditor.Place(line: lines.count - 1, column: column))
    }
}

/// Where the parts of the screen are; what has no room is empty.
struct InsightsLayout: Hashable {
    var queryFrame: Rect
    var chartFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)
    var tableFrame: Rect

    private static let leastForChart = 22

    init(_ rect: Rect, hasChart: Bool) {
        let query = min(max(rect.rows / 3, 5), 11)
        guard rect.rows > query + 3 else {
            queryFrame = rect
            tableFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)
            return
        }
        queryFrame = Rect(column: rect.column, row: rect.row, columns: rect.columns, rows: query)
        var rest = Rect(
            column: rect.column, row: rect.row + query, columns: rect.columns, rows: rect.rows - query)
        if hasChart, rect.rows >= Self.leastForChart {
            let rows = max(rest.rows * 2 / 5, 6)
            chartFrame = Rect(column: rest.column, row: rest.row, columns: rest.columns, rows: rows)
            rest = Rect(column: rest.column, row: rest.row + rows, columns: rest.columns, rows: rest.rows - rows)
        }
        tableFrame = rest
    }

    private var inside: Rect { Pane.inside(queryFrame) }

    /// The last two rows are for the groups and for what is wrong.
    var editor: Rect {
        Rect(column: inside.column, row: inside.row, columns: inside.columns, rows: max(inside.rows - 2, 1))
    }

    var groups: Rect { row(below: 0) }

    var problem: Rect { row(below: 1) }

    private func row(below: Int) -> Rect {
        let row = inside.row + editor.rows + below
        return Rect(column: inside.column, row: row, columns: inside.columns, rows: row < inside.endRow ? 1 : 0)
    }

    var table: Rect { Pane.inside(tableFrame) }
}
