import Terminal

enum ExecutionView: String, Hashable, Sendable, CaseIterable {
    case graph, timeline, events

    var next: ExecutionView {
        let all = Self.allCases
        return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }
}

enum ExecutionPane: Hashable, Sendable {
    case main, inspector
}

/// Where the parts of the screen are; what has no room is empty.
struct ExecutionLayout: Hashable, Sendable {
    var mainFrame: Rect
    var inspectorFrame = Rect.nowhere
    var attemptsFrame = Rect.nowhere
    var logFrame = Rect.nowhere
    var timelineFrame = Rect.nowhere

    var main: Rect { Self.inside(mainFrame) }
    var inspector: Rect { Self.inside(inspectorFrame) }
    var attempts: Rect { Self.inside(attemptsFrame) }
    var log: Rect { Self.inside(logFrame) }
    var timeline: Rect { Self.inside(timelineFrame) }

    /// The rows that the timeline has, wherever it is.
    var timelineRows: Int { timelineFrame.isEmpty ? main.rows : timeline.rows }

    init(
        _ rect: Rect, view: ExecutionView = .graph, zoomed: ExecutionPane? = nil, focus: ExecutionPane = .main,
        lanes: Int = 1, attempts: Int = 0, hasLog: Bool = false, graphColumns: Int = 0
    ) {
        mainFrame = rect
        let one = zoomed ?? (rect.rows < 14 || rect.columns < 40 ? focus : nil)
        guard one == nil else {
            guard one == .inspector else { return }
            (mainFrame, inspectorFrame) = (.nowhere, rect)
            return
        }
        guard rect.columns >= 96 else {
            let parts = rect.splitRows(.share(3), .share(2, atLeast: 7))
            (mainFrame, inspectorFrame) = (parts[0], parts[1])
            return
        }
        var upper = rect
        if view == .graph, rect.rows >= 28 {
            let rows = min(max(lanes + 3, 6), rect.rows * 2 / 5)
            let parts = rect.splitRows(.share(), .fixed(rows))
            (upper, timelineFrame) = (parts[0], parts[1])
        }
        var wide = min(max(rect.columns * 36 / 100, Self.leastBeside), 80)
        // A graph that would just fit gets the room.
        let rest = rect.columns - graphColumns - 2
        if view == .graph, (Self.leastBeside..<wide).contains(rest) { wide = rest }
        let halves = upper.splitColumns(.share(), .fixed(wide))
        mainFrame = halves[0]
        split(halves[1], attempts: attempts, hasLog: hasLog)
    }

    /// The fewest columns of what is beside the graph.
    private static let leastBeside = 48

    private mutating func split(_ column: Rect, attempts: Int, hasLog: Bool) {
        inspectorFrame = column
        let attemptRows = attempts > 1 && column.rows >= 20 ? min(attempts + 2, column.rows / 3) : 0
        let logRows = hasLog && column.rows >= 20 ? max(column.rows / 4, 5) : 0
        guard attemptRows + logRows > 0 else { return }
        let parts = column.splitRows(.share(), .fixed(attemptRows), .fixed(logRows))
        (inspectorFrame, attemptsFrame, logFrame) = (parts[0], parts[1], parts[2])
    }

    private static func inside(_ frame: Rect) -> Rect {
        frame.rows >= 3 && frame.columns >= 8 ? frame.inset() : frame
    }
}

extension Rect {
    static let nowhere = Rect(column: 0, row: 0, columns: 0, rows: 0)
}
