import Telemetry
import TelemetryStore
package import Terminal

/// What is wrong or soon will be, the gravest first, and what to do about the selected one.
package struct LintsScreen: Sendable {
    private(set) var report: LintReport?
    /// The finding that is selected, wherever it stands.
    private(set) var selected: Finding.ID?
    private(set) var layout = LintsLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))
    private var first = 0
    /// Where the selection was, for when its finding is gone.
    private var place = 0

    init() {}

    mutating func take(_ report: LintReport) { self.report = report }

    /// Those that are not silenced.
    func findings(_ context: ScreenContext) -> [Finding] {
        (report?.findings ?? []).filter { !context.silenced.contains($0.id) }
    }

    func cursor(_ findings: [Finding]) -> ListCursor {
        var cursor = ListCursor(index: findings.firstIndex { $0.id == selected } ?? place, first: first)
        cursor.clamp(count: findings.count)
        return cursor
    }

    func selected(_ context: ScreenContext) -> Finding? {
        let findings = findings(context)
        let index = cursor(findings).index
        return findings.indices.contains(index) ? findings[index] : nil
    }

    mutating func move(by step: Int, _ context: ScreenContext) {
        let findings = findings(context)
        var cursor = cursor(findings)
        cursor.move(by: step, count: findings.count)
        select(cursor.index, context)
    }

    mutating func select(_ index: Int, _ context: ScreenContext) {
        let findings = findings(context)
        guard findings.indices.contains(index) else { return }
        (selected, place) = (findings[index].id, index)
        first = cursor(findings).window(visible: max(layout.table.rows - 1, 0), count: findings.count).first
    }

    package mutating func lay(out rect: Rect) { layout = LintsLayout(rect) }
}

/// Where the parts of the screen are; what has no room is empty.
struct LintsLayout: Hashable, Sendable {
    var tableFrame: Rect
    var detailFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)

    var table: Rect { Pane.inside(tableFrame) }
    var detail: Rect { Pane.inside(detailFrame) }

    init(_ rect: Rect) {
        guard rect.rows >= 16 else {
            tableFrame = rect
            return
        }
        let parts = rect.splitRows(.share(3), .share(1, atLeast: rect.columns >= 100 ? 8 : 9))
        tableFrame = parts[0]
        detailFrame = parts[1]
    }
}
