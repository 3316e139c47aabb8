import Configuration
import Dashboard
import Glibc
import JSON
import Telemetry
import TelemetryStore
import Terminal

/// The picture of a state machine as text.
struct GraphText {
    let graph: StateMachineGraph
    var progress = ExecutionProgress()
    /// `nil` for the closest that fits.
    var zoom: GraphZoom?
    /// `nil` for the whole graph.
    var size: Size?
    var glyphs = Glyphs.unicode
    var isANSI = false

    /// More cells than this are not worth printing.
    private static let largest = Size(columns: 2000, rows: 20_000)

    init(definition: JSON) {
        graph = StateMachineGraph(definition: definition)
    }

    var isEmpty: Bool { graph.model.nodes.isEmpty }

    var text: String {
        let layout = graph.layout(zoom: zoom ?? fittingZoom)
        let whole = Size(
            columns: min(layout.size.columns, Self.largest.columns), rows: min(layout.size.rows, Self.largest.rows))
        var canvas = Canvas(size ?? whole, glyphs: glyphs)
        let offset = layout.bounded(Point(column: 0, row: 0), in: canvas.bounds.size)
        graph.draw(layout, on: &canvas, in: canvas.bounds, offset: offset, progress: progress)
        return isANSI ? ANSIText.text(canvas.frame, Preferences.configuration.palette) : canvas.frame.text
    }

    /// Without a size only the width counts: that of the terminal, or 120 columns.
    private var fittingZoom: GraphZoom {
        let columns = EnvironmentVariable.columns.value.flatMap { Int($0) } ?? Self.terminalColumns ?? 120
        return GraphLayout.fittingZoom(graph.model, in: size ?? Size(columns: columns, rows: .max))
    }

    private static var terminalColumns: Int? {
        var window = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else { return nil }
        return Int(window.ws_col)
    }
}

extension ExecutionProgress {
    /// What the visits say of the states: the last visit speaks, unless an earlier one goes on or failed.
    init(visits history: HistoryProgress, definition: JSON, until now: Timestamp) {
        self.init()
        let attempts = StateMachineGraph.attempts(in: definition)
        for visit in history.visits {
            var state = self[visit.name]
            state.visits += 1
            let isHeld = state.status == .running || state.status == .failed
            if visit.isOpen || !isHeld {
                state.status = Self.status(of: visit, attempts[visit.name] ?? 0)
                state.duration = ((visit.ended ?? now) - visit.entered).count
                if visit.kind == "Map", visit.length != nil { state.iterations = IterationCounts(visit) }
            }
            states[visit.name] = state
            guard let previous = visit.previous else { continue }
            let before = history.visits[previous]
            taken.insert(TakenEdge(from: before.name, to: visit.name, isCaught: before.status == .caught))
        }
    }

    private static func status(of visit: StateVisit, _ most: Int) -> StateProgress.Status {
        switch visit.status {
        case .succeeded: return .succeeded
        case .caught: return .caught
        case .failed, .timedOut: return .failed
        case .aborted: return .aborted
        case .running:
            let tries = visit.attempts.count + (visit.isWaitingToRetry ? 1 : 0)
            return tries > 1 ? .retrying(attempt: tries, of: max(most, tries)) : .running
        }
    }
}

extension IterationCounts {
    init(_ visit: StateVisit) {
        self.init(total: max(visit.length ?? 0, visit.iterations.count))
        for item in visit.iterations where item.startedEvent > 0 {
            switch item.status {
            case .running: running += 1
            case .succeeded: succeeded += 1
            default: failed += 1
            }
        }
    }
}
