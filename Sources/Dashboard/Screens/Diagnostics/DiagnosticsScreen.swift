package import Terminal

package enum DiagnosticsCommand: Hashable, Sendable {
    case up, down, pageUp, pageDown, first, last, copy, back
}

/// What fntop says of itself: the end of its log, following what is written.
package struct DiagnosticsScreen: Screen {
    package typealias Command = DiagnosticsCommand

    private(set) var tail: DiagnosticsTail?
    /// How many lines lie below the last one that is shown; 0 follows.
    private(set) var left = 0
    private var place = Rect(column: 0, row: 0, columns: 80, rows: 20)

    init() {}

    package static let keys = KeyMap<DiagnosticsCommand>([
        KeyBinding(
            .character("G"), .end, command: .last, title: "follow", summary: "Goes to the newest line and follows."),
        KeyBinding(
            .character("y"), .character("c"), command: .copy, title: "copy", summary: "Copies the path, or the lines."),
        KeyBinding(.escape, command: .back, title: "back", summary: "Goes back."),
        KeyBinding(.up, .character("k"), command: .up, title: "up", summary: "Goes up a line.", isInFooter: false),
        KeyBinding(
            .down, .character("j"), command: .down, title: "down", summary: "Goes down a line.", isInFooter: false),
        KeyBinding(
            .pageUp, .control("u"), command: .pageUp, title: "page up", summary: "Goes up a page.", isInFooter: false),
        KeyBinding(
            .pageDown, .control("d"), command: .pageDown, title: "page down", summary: "Goes down a page.",
            isInFooter: false),
        KeyBinding(
            .character("g"), .home, command: .first, title: "first", summary: "Goes to the oldest line.",
            isInFooter: false),
    ])

    package var route: Route { .diagnostics }
    package var requests: [DataRequest] { [.diagnostics] }
    /// Nothing tells when the file grows.
    package var dependsOnTime: Bool { true }

    private var inside: Rect { Pane.inside(place) }
    private var lines: [String] { tail?.lines ?? [] }
    private var most: Int { max(lines.count - inside.rows, 0) }

    package mutating func lay(out rect: Rect) { place = rect }

    /// Who reads further up goes on reading the same lines.
    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        guard case .diagnostics(let tail) = answer else { return [] }
        let anchor = lines.dropLast(left).last
        self.tail = tail
        if left > 0, let anchor, let found = tail.lines.lastIndex(of: anchor) { left = tail.lines.count - 1 - found }
        left = min(left, most)
        return []
    }

    package mutating func run(_ command: DiagnosticsCommand, _ context: ScreenContext) -> [Effect] {
        let page = max(inside.rows - 1, 1)
        switch command {
        case .up: left = min(left + 1, most)
        case .down: left = max(left - 1, 0)
        case .pageUp: left = min(left + page, most)
        case .pageDown: left = max(left - page, 0)
        case .first: left = most
        case .last: left = 0
        case .copy:
            let path = tail?.path.map { [CopyChoice(title: "path", text: $0)] } ?? []
            return [.offer(path + [CopyChoice(title: "lines", text: lines.joined(separator: "\n"))])]
        case .back: return [.back]
        }
        return []
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch event.action {
        case .wheelUp: run(.up, context)
        case .wheelDown: run(.down, context)
        default: []
        }
    }

    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        let note = left == 0 ? [Run("follow \(Mark.running)", .ok)] : [Run("\(left) below, G follows", .dim)]
        canvas.pane(rect, title: tail?.path ?? "fntop's own log", note: note, isFocused: true)
        guard let tail else { return canvas.drawNote(["reading the log"], in: inside) }
        guard !tail.lines.isEmpty else {
            let news =
                tail.path == nil ? "there is no log: neither XDG_STATE_HOME nor HOME is set" : "nothing to tell so far"
            return canvas.drawNote([news], in: inside)
        }
        for (row, text) in lines.dropLast(left).suffix(inside.rows).enumerated() {
            canvas.draw(
                Self.runs(text), at: Point(column: inside.column + 1, row: inside.row + row),
                limit: max(inside.columns - 2, 0))
        }
    }

    /// The time matters less than what happened.
    private static func runs(_ text: String) -> [Run] {
        let words = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count == 3, words[0].hasSuffix("Z"), words[0].contains("T") else { return [Run(text, .text)] }
        return [Run("\(words[0]) ", .dim), Run("\(words[1]) ", .accent), Run(String(words[2]), .text)]
    }
}
