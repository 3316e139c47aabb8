import Telemetry
import TelemetryStore
package import Terminal

/// Two invocations or two executions side by side, what differs first.
package struct CompareScreen: Sendable {
    let left: Marked
    let right: Marked
    private var invocations: [Marked: InvocationDetail] = [:]
    private var executions: [Marked: ExecutionDetail] = [:]
    /// The store answered, and does not know these.
    private(set) var unknown: Set<Marked> = []
    private var all: [CompareRow] = []
    /// The rows that are shown.
    private(set) var rows: [CompareRow] = []
    private(set) var onlyDifferences = false
    /// The side that Enter opens.
    var isRight = false
    private(set) var top = 0
    private(set) var layout = CompareLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))

    init(_ left: Marked, _ right: Marked) {
        self.left = left
        self.right = right
    }

    var side: Marked { isRight ? right : left }

    mutating func take(_ detail: InvocationDetail?, for item: Marked) {
        if detail == nil { unknown.insert(item) }
        guard let detail, detail != invocations[item] else { return }
        invocations[item] = detail
        rebuild()
    }

    mutating func take(_ detail: ExecutionDetail?, for item: Marked) {
        if detail == nil { unknown.insert(item) }
        guard let detail, detail != executions[item] else { return }
        executions[item] = detail
        rebuild()
    }

    private mutating func rebuild() {
        if let one = invocations[left], let other = invocations[right] {
            all = InvocationComparison(left: one, right: other).rows
        } else if let one = executions[left], let other = executions[right] {
            all = ExecutionComparison(left: one, right: other).rows
        }
        choose()
    }

    private mutating func choose() {
        rows = onlyDifferences ? all.filter { !$0.isSame } : all
        scroll(by: 0)
    }

    mutating func showOnlyDifferences(_ isOn: Bool) {
        onlyDifferences = isOn
        choose()
    }

    /// What stands over a side.
    func title(_ item: Marked) -> [Run] {
        if let detail = invocations[item] {
            let status = InvocationStatus(detail.record)
            return [
                Run("\(status.glyph) ", status.role, .bold), Run(detail.record.start.function, .strong, .bold),
                Run("  \(detail.record.requestID.short)", .accent),
            ]
        }
        if let detail = executions[item] {
            return [
                Run("\(detail.status.mark) ", detail.status.role, .bold), Run(detail.machineName, .strong, .bold),
                Run("  \(detail.start.name)", .accent),
            ]
        }
        return [Run(item.short, .accent)]
    }

    mutating func scroll(by step: Int) {
        top = min(max(top + step, 0), max(rows.count - layout.body.rows, 0))
    }

    /// To the next or the previous section.
    mutating func goToSection(_ step: Int) {
        let sections = rows.indices.filter { rows[$0].isHeading }
        let next = step > 0 ? sections.first { $0 > top } : sections.last { $0 < top }
        guard let next else { return }
        scroll(by: next - top)
    }

    package mutating func lay(out rect: Rect) {
        layout = CompareLayout(rect)
        scroll(by: 0)
    }
}

/// Where the parts of the screen are.
struct CompareLayout: Hashable, Sendable {
    var frame: Rect
    /// The rows, below the line that names the sides.
    var body: Rect
    var names: Int
    var side: Int

    init(_ rect: Rect) {
        frame = rect
        let inside = Pane.inside(rect)
        let head = min(inside.rows, 1)
        body = Rect(column: inside.column, row: inside.row + head, columns: inside.columns, rows: inside.rows - head)
        names = min(max(inside.columns / 7, 10), 20)
        side = max((inside.columns - names - 4) / 2, 0)
    }

    /// The first columns of the sides.
    var left: Int { body.column + 1 + names + 1 }
    var right: Int { left + side + 1 }
    var head: Rect { Rect(column: body.column, row: body.row - 1, columns: body.columns, rows: 1) }
}
