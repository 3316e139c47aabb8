import Telemetry
import TelemetryStore
import Terminal

/// What is shown and pressed where no screen has room.
extension DashboardState {
    /// The whole in a line, and below it as many functions as fit, the failing ones first.
    func drawSmall(on canvas: inout Canvas) {
        var row = 0
        func draw(_ runs: [Run]) {
            canvas.draw(runs, at: Point(column: 0, row: row), limit: size.columns)
            row += 1
        }
        draw([Run(summary)])
        if case .quitQuestion = overlay, size.rows > 1 {
            return draw([Run("stops \(settings.stopsOnQuit ?? ""): y quits, Esc stays", .warn)])
        }
        guard size.rows >= 3, let overview else { return }
        let functions = overview.functions.sorted { ($1.errors, $0.function.name) < ($0.errors, $1.function.name) }
        for function in functions.prefix(size.rows - 2) { draw(line(function)) }
        row = size.rows - 1
        draw([Run("q quits · more from 60x15 on", .dim)])
    }

    private func line(_ summary: FunctionSummary) -> [Run] {
        let isFailing = summary.errors > 0
        let figures = "  err \(Format.percent(summary.errorRate))  p95 \(summary.latency?.p95.text ?? Format.none)"
        return [
            Run("\(isFailing ? Mark.failed : Mark.ok) ", isFailing ? .error : .ok),
            Run(summary.function.name), Run(figures, isFailing ? .error : .dim),
        ]
    }

    /// Only what can be seen to work does.
    mutating func pressSmall(_ key: Key) -> [ShellEffect] {
        if case .quitQuestion = overlay { return pressOverlay(key) }
        switch globalKeys[key] {
        case .quit: return quit()
        case .suspend: return [.suspend]
        default: return []
        }
    }

    /// The most important in one line.
    private var summary: String {
        guard let overview else { return "fntop: waiting for data" }
        let alarms = overview.alarms.firing > 0 ? " \(Mark.caret) \(overview.alarms.firing)" : ""
        return "fntop\(alarms) \(rate) err \(errors) p95 \(Format.duration(microseconds: overview.latency?.p95.count))"
    }
}
