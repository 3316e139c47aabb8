import Telemetry
import Terminal

/// How the states of an execution look.
struct ExecutionLook: GraphLook {
    let types: [String: String]
    let progress: ExecutionProgress
    let glyphs: Glyphs

    func look(of node: GraphLayout.PlacedNode) -> GraphNodeLook {
        guard node.kind != .missing else {
            let style = Style(.error)
            return GraphNodeLook(glyph: .cross, glyphStyle: style, nameStyle: style, borderStyle: style)
        }
        let state = progress[node.id]
        let role = role(of: state.status)
        let isReached = state.status != .notReached
        let isChoice = types[node.id] == "Choice"
        var look = GraphNodeLook(
            glyph: isChoice && role != .error ? .choice : glyph(of: state.status),
            glyphStyle: Style(isReached ? role : .dim), nameStyle: Style(isReached ? .strong : .text),
            borderStyle: Style(isReached ? role : .border))
        look.isActive = isActive(state.status)
        look.note = note(of: state)
        look.shortNote = mark(of: state)
        if node.isContainer {
            look.note = StyledText(types[node.id] ?? "", .dim) + (look.note.isEmpty ? "" : " ") + look.note
        }
        if let iterations = state.iterations { look.strip = strip(of: iterations) }
        return look
    }

    func look(of edge: GraphLayout.PlacedEdge, in layout: GraphLayout) -> GraphEdgeLook {
        let isCaught = edge.kind == .caught
        let key = TakenEdge(
            from: layout.nodes[edge.from].id, to: layout.nodes[edge.to].id, isCaught: isCaught)
        guard progress.taken.contains(key) else {
            return GraphEdgeLook(style: Style(.border), rank: isCaught ? 0 : 1, isDashed: isCaught)
        }
        return GraphEdgeLook(style: Style(isCaught ? .error : .ok), rank: isCaught ? 3 : 2, isDashed: isCaught)
    }

    private func isActive(_ status: StateProgress.Status) -> Bool {
        switch status {
        case .running, .retrying: true
        default: false
        }
    }

    private func role(of status: StateProgress.Status) -> Role {
        switch status {
        case .notReached: .border
        case .running: .accent
        case .succeeded: .ok
        case .failed: .error
        case .caught, .retrying, .aborted: .warn
        }
    }

    private func glyph(of status: StateProgress.Status) -> Glyph {
        switch status {
        case .notReached: .pending
        case .running: .running
        case .succeeded: .check
        case .failed, .aborted: .cross
        case .caught: .half
        case .retrying: .retry
        }
    }

    private func note(of state: StateProgress) -> StyledText {
        let mark = mark(of: state)
        guard let duration = state.duration else { return mark }
        return StyledText(Microseconds(duration).spanText, .dim) + (mark.isEmpty ? "" : " ") + mark
    }

    /// The attempt, or how often it was entered.
    private func mark(of state: StateProgress) -> StyledText {
        if case .retrying(let attempt, let most) = state.status {
            return StyledText("\(Character(glyphs[.retry]))\(attempt)/\(most)", .warn)
        }
        return state.visits > 1 ? StyledText("×\(Format.count(state.visits))", .dim) : ""
    }

    /// One cell for up to a few iterations each: what is done, what failed, what runs.
    private func strip(of counts: IterationCounts) -> StyledText {
        let width = min(max(counts.total, 1), 10)
        func cells(_ count: Int) -> Int {
            guard counts.total > 0, count > 0 else { return 0 }
            return max(Int((Double(count) / Double(counts.total) * Double(width)).rounded()), 1)
        }
        let failed = min(cells(counts.failed), width)
        let done = min(cells(counts.succeeded), width - failed)
        let running = min(cells(counts.running), width - failed - done)
        var strip = StyledText()
        strip.append(String(repeating: "█", count: done), .ok)
        strip.append(String(repeating: "▓", count: failed), .error)
        strip.append(String(repeating: "▒", count: running), .accent)
        strip.append(String(repeating: "░", count: width - failed - done - running), .dim)
        let ended = counts.succeeded + counts.failed
        if let shown = counts.shown {
            strip.append(" #\(shown + 1) of \(Format.count(counts.total))", .dim)
        } else {
            strip.append(" \(Format.count(ended))/\(Format.count(counts.total))", .dim)
        }
        if counts.failed > 0 { strip.append(" \(Character(glyphs[.cross]))\(Format.count(counts.failed))", .error) }
        return strip
    }
}
