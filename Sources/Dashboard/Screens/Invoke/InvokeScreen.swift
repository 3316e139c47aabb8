import JSON
import Telemetry
import TelemetryStore
package import Terminal

/// A function is called with an event that is written here.
package struct InvokeScreen: Hashable, Sendable {
    private(set) var panel: InvokePanel
    /// The event is still the one that the screen began with, so the function's last one may take its place.
    private(set) var wantsLastEvent: Bool
    var layout = InvokeLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))
    private(set) var top = 0
    /// The ARN of the state machine that is started; `nil` where a function is called.
    let machine: String?
    /// The ARN of its last execution.
    var last: String?

    /// - Parameter event: `nil` for the function's last one.
    init(function: String, event: [UInt8]?) {
        let text = event.map(Self.readable) ?? "{}"
        panel = InvokePanel(
            function: function, event: text, origin: event == nil ? "an empty event" : "the selected event")
        wantsLastEvent = event == nil
        machine = nil
    }

    /// Starts an execution instead.
    ///
    /// - Parameter input: `nil` for the machine's last one.
    init(machine: String, input: String?) {
        panel = InvokePanel(
            function: machine.machineName, event: input.map { Self.readable(Array($0.utf8)) } ?? "{}",
            origin: input == nil ? "an empty input" : "the selected input")
        wantsLastEvent = input == nil
        self.machine = machine
    }

    /// Indented, if it is JSON.
    private static func readable(_ event: [UInt8]) -> String {
        (try? JSON(parsing: event))?.prettyText ?? String(decoding: event, as: UTF8.self)
    }

    /// The function's latest invocations, while an event of theirs is wanted.
    var query: InvocationQuery? {
        wantsLastEvent && machine == nil ? InvocationQuery(function: panel.function, window: .always, limit: 20) : nil
    }

    mutating func take(_ records: [InvocationRecord]) {
        guard wantsLastEvent else { return }
        let last = records.first {
            $0.start.function == panel.function && !$0.start.event.isCut && !$0.start.event.bytes.isEmpty
        }
        guard let last else { return }
        wantsLastEvent = false
        panel = InvokePanel(
            function: panel.function, event: Self.readable(last.start.event.bytes),
            origin: "the event of \(last.requestID.short)")
    }

    mutating func press(_ key: Key, now: Timestamp) -> [Effect] {
        defer { reveal() }
        let act = panel.press(key)
        switch act {
        case nil:
            wantsLastEvent = wantsLastEvent && panel.editor.text == "{}"
            return []
        case .close: return [.back]
        case .send(let text):
            wantsLastEvent = false
            panel.started(at: now)
            if let machine { return [.execute(.start(machine: machine, input: text))] }
            return [.invoke(function: panel.function, payload: Array(text.utf8))]
        case .editElsewhere(let text): return [.edit(text)]
        case .open(let id): return [.open(.invocation(id))]
        }
    }

    /// The last executions of the machine, while an input of theirs is wanted.
    var executionQuery: ExecutionQuery? {
        machine.flatMap { wantsLastEvent ? ExecutionQuery(machine: $0, limit: 1) : nil }
    }

    mutating func take(lastInput detail: ExecutionDetail?) {
        guard wantsLastEvent, let detail, !detail.start.input.isEmpty else { return }
        wantsLastEvent = false
        panel = InvokePanel(
            function: panel.function, event: Self.readable(Array(detail.start.input.utf8)),
            origin: "the input of \(detail.start.name)")
    }

    /// Puts the cursor where the mouse is.
    mutating func point(at point: Point) {
        let place = layout.editor
        guard place.contains(point) else { return }
        let line = min(top + point.row - place.row, panel.editor.lines.count - 1)
        var left = point.column - place.column - margin
        let column = panel.editor.lines[line].prefix { character in
            left -= Text.width(String(character))
            return left >= 0
        }.count
        panel.editor.move(to: EventEditor.Place(line: line, column: column))
        reveal()
    }

    /// The columns of the line numbers.
    var margin: Int { panel.editor.margin(columns: layout.editor.columns) }

    package mutating func paste(_ text: String) {
        wantsLastEvent = false
        panel.paste(text)
        reveal()
    }

    mutating func took(edited text: String) {
        wantsLastEvent = false
        panel.replace(text)
        reveal()
    }

    mutating func ended(_ result: InvokeOutcome) { panel.ended(result) }

    package mutating func lay(out rect: Rect) {
        layout = InvokeLayout(rect)
        reveal()
    }

    private mutating func reveal() {
        top = panel.editor.top(after: top, rows: layout.editor.rows)
    }
}

/// Where the parts of the screen are.
struct InvokeLayout: Hashable {
    var editorFrame: Rect
    var outcomeFrame: Rect

    var editor: Rect {
        let inner = Self.inside(editorFrame)
        return Rect(
            column: inner.column, row: inner.row, columns: inner.columns, rows: max(inner.rows - 1, min(inner.rows, 1)))
    }

    /// The row below the text that says whether it is JSON.
    var validity: Rect {
        let inner = Self.inside(editorFrame)
        return Rect(column: inner.column, row: inner.endRow - 1, columns: inner.columns, rows: inner.rows >= 2 ? 1 : 0)
    }

    var outcome: Rect { Self.inside(outcomeFrame) }

    init(_ rect: Rect) {
        let isWide = rect.columns >= 110
        let rows = isWide ? rect.rows : rect.rows >= 10 ? max(rect.rows * 3 / 5, 5) : rect.rows
        let columns = isWide ? rect.columns * 3 / 5 : rect.columns
        editorFrame = Rect(column: rect.column, row: rect.row, columns: columns, rows: rows)
        outcomeFrame =
            isWide
            ? Rect(column: rect.column + columns, row: rect.row, columns: rect.columns - columns, rows: rows)
            : Rect(column: rect.column, row: rect.row + rows, columns: columns, rows: rect.rows - rows)
    }

    private static func inside(_ frame: Rect) -> Rect {
        frame.rows >= 3 && frame.columns >= 8 ? frame.inset() : frame
    }
}

extension TimeWindow {
    /// All of time that a store can know of.
    static let always = TimeWindow(start: Timestamp(microseconds: 0), end: Timestamp(microseconds: .max / 2))
}
