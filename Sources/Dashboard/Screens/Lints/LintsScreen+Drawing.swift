import Telemetry
import TelemetryStore
package import Terminal

extension LintsScreen {
    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        let findings = findings(context)
        canvas.pane(
            layout.tableFrame, title: "Lints", note: note(findings, context),
            isFocused: !layout.detailFrame.isEmpty)
        drawTable(findings, on: &canvas, context)
        drawDetail(on: &canvas, context)
    }

    private func note(_ findings: [Finding], _ context: ScreenContext) -> [Run] {
        guard let report else { return [] }
        var runs = Finding.Severity.allCases.flatMap { severity -> [Run] in
            let count = findings.count { $0.severity == severity }
            guard count > 0 else { return [] }
            let name = count == 1 ? severity.name : severity.name + "s"
            return [Run("\(severity.mark) \(count) \(name)  ", severity.role)]
        }
        let silenced = report.findings.count - findings.count
        if silenced > 0 { runs.append(Run("\(silenced) silenced, F shows  ", .dim)) }
        if report.omitted > 0 { runs.append(Run("\(Format.count(report.omitted)) not listed  ", .warn)) }
        return runs + [Run("in \(context.window.length.windowText)", .dim)]
    }

    private static let columns = [
        TableColumn("", minimum: 1), TableColumn("SUBJECT", minimum: 12, ideal: 22),
        TableColumn("RULE", minimum: 18, ideal: 20, dropOrder: 1),
        TableColumn("FINDING", minimum: 20, ideal: 80, isFlexible: true),
    ]

    func table(_ context: ScreenContext) -> Table {
        let findings = findings(context)
        return Table(Self.columns, rowCount: findings.count, cursor: cursor(findings))
    }

    private func drawTable(_ findings: [Finding], on canvas: inout Canvas, _ context: ScreenContext) {
        guard let report else { return canvas.drawNote(["looking for what is wrong"], in: layout.table) }
        guard !findings.isEmpty else {
            let news =
                report.findings.isEmpty
                ? ["nothing was found: no errors to swallow, no limits near, no retries, no throttles"]
                : ["nothing but what is silenced", "F shows it again"]
            return canvas.drawNote(news, in: layout.table)
        }
        table(context).draw(on: &canvas, in: layout.table) { row, column in
            let finding = findings[row]
            switch column {
            case 0: return .text(finding.severity.mark, finding.severity.role)
            case 1: return .text(finding.subject.name, .strong)
            case 2: return .text(finding.rule.title, .dim)
            default: return .text(finding.text)
            }
        }
    }

    private func drawDetail(on canvas: inout Canvas, _ context: ScreenContext) {
        guard layout.detailFrame.rows >= 3 else { return }
        guard let finding = selected(context) else {
            canvas.pane(layout.detailFrame, title: "what to do")
            return
        }
        let title = [
            Run("\(finding.severity.mark) ", finding.severity.role), Run(finding.subject.name, .strong, .bold),
            Run("  \(finding.rule.title)", .dim),
        ]
        canvas.pane(layout.detailFrame, title: title)
        let place = layout.detail
        let columns = max(place.columns - 2, 0)
        var lines = [Run(finding.text, .text)].wrapped(to: columns, limit: 4, atWords: true).rows
        lines.append([])
        lines += [Run(finding.advice, .accent)].wrapped(to: columns, limit: 5, atWords: true).rows
        if place.rows > lines.count + 1 {
            lines.append([])
            lines.append([Run("Enter opens \(finding.place.words)", .dim)])
        }
        for (row, runs) in lines.prefix(place.rows).enumerated() {
            canvas.draw(runs, at: Point(column: place.column + 1, row: place.row + row), limit: columns)
        }
    }
}

extension Finding.Severity {
    var mark: String {
        switch self {
        case .error: Mark.failed
        case .warning: "▲"
        case .note: "○"
        }
    }

    var role: Role {
        switch self {
        case .error: .error
        case .warning: .warn
        case .note: .info
        }
    }
}
