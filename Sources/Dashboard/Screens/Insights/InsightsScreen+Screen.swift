import LogsInsights
import Telemetry
import TelemetryStore
package import Terminal

package enum InsightsCommand: Hashable, Sendable {
    case run, older, newer, focus, back, undo, open, copy, escape
    case up, down, pageUp, pageDown, first, last, left, right
}

extension InsightsScreen: Screen {
    package typealias Command = InsightsCommand

    package static let keys = KeyMap<InsightsCommand>([
        KeyBinding(.control("s"), .control("j"), command: .run, title: "run", summary: "Runs the query."),
        KeyBinding(
            .tab, command: .focus, title: "pane", summary: "Goes from the query to the log groups and to the results."),
        KeyBinding(.control("r"), command: .older, title: "older query", summary: "Brings back the query before."),
        KeyBinding(
            .control("t"), command: .newer, title: "newer query", summary: "Brings back the query after it.",
            isInFooter: false),
        KeyBinding(
            .backTab, command: .back, title: "pane before", summary: "Goes back to the pane before.", isInFooter: false),
        KeyBinding(
            .control("u"), command: .undo, title: "undo", summary: "Takes the last change of the query back.",
            isInFooter: false),
        KeyBinding(.enter, command: .open, title: "open", summary: "Opens the line of the selected row."),
        KeyBinding(.character("y"), .character("c"), command: .copy, title: "copy", summary: "Copies the results."),
        KeyBinding(
            .escape, command: .escape, title: "back", summary: "Stops the query, then leaves the pane, then goes back.",
            isInFooter: false),
        KeyBinding(.up, .character("k"), command: .up, title: "up", summary: "Goes up.", isInFooter: false),
        KeyBinding(.down, .character("j"), command: .down, title: "down", summary: "Goes down.", isInFooter: false),
        KeyBinding(.pageUp, command: .pageUp, title: "page up", summary: "Goes up a page.", isInFooter: false),
        KeyBinding(
            .pageDown, .control("d"), command: .pageDown, title: "page down", summary: "Goes down a page.",
            isInFooter: false),
        KeyBinding(
            .character("g"), .home, command: .first, title: "first", summary: "Goes to the first row.",
            isInFooter: false),
        KeyBinding(
            .character("G"), .end, command: .last, title: "last", summary: "Goes to the last row.", isInFooter: false),
        KeyBinding(
            .left, command: .left, title: "columns before", summary: "Shows the columns before.", isInFooter: false),
        KeyBinding(
            .right, command: .right, title: "more columns", summary: "Shows the columns behind.", isInFooter: false),
    ])

    package var route: Route { .insights(query: text) }

    package var takesLetters: Bool { focus != .results }

    package var requests: [DataRequest] { running.map { [.insights($0)] } ?? [] }

    package var dependsOnTime: Bool { running != nil }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        guard case .insights(let answer) = answer, case .insights(let asked) = request else { return [] }
        take(answer, for: asked)
        return []
    }

    package mutating func run(_ command: InsightsCommand, _ context: ScreenContext) -> [Effect] {
        let page = max(layout.table.rows - 2, 1)
        switch command {
        case .run: return start().map { [.notice($0)] } ?? []
        case .older: older()
        case .newer: newer()
        case .focus: turn(1)
        case .back: turn(-1)
        case .undo:
            editor.undo()
            check()
        case .escape:
            if stop() { return [.notice("the query was stopped")] }
            return [.back]
        case .open: return open()
        case .copy: return answer.map { [.offer(copyChoices($0.result))] } ?? []
        case .up: move(by: -1)
        case .down: move(by: 1)
        case .pageUp: move(by: -page)
        case .pageDown: move(by: page)
        case .first: move(by: -rows.count)
        case .last: move(by: rows.count)
        case .left: moveColumns(by: -1)
        case .right: moveColumns(by: 1)
        }
        return []
    }

    private mutating func turn(_ step: Int) {
        let all = Focus.allCases
        let place = all.firstIndex(of: focus) ?? 0
        focus = all[(place + step + all.count) % all.count]
    }

    private func open() -> [Effect] {
        guard let id = selected?.pointer.flatMap(LogPointer.id) else {
            return [.notice("this row is no line: it was made of many")]
        }
        return [.open(.logLine(id))]
    }

    /// While the query or the groups are edited all keys but the bound ones with Control are text.
    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? {
        switch focus {
        case .results: return nil
        case .groups:
            if key == .enter { return run(.run, context) }
            return groups.press(key) ? [] : nil
        case .query: return edit(key) ? [] : nil
        }
    }

    private mutating func edit(_ key: Key) -> Bool {
        switch key {
        case .character(let character): editor.insert(character)
        case .enter: editor.insertNewline()
        case .backspace: editor.deleteBackward()
        case .delete: editor.deleteForward()
        case .control("k"): editor.deleteToLineEnd()
        case .left: editor.moveLeft()
        case .right: editor.moveRight()
        case .up: editor.moveLines(-1)
        case .down: editor.moveLines(1)
        case .home, .control("a"): editor.moveToLineStart()
        case .end, .control("e"): editor.moveToLineEnd()
        default: return false
        }
        check()
        return true
    }

    package mutating func paste(_ text: String) {
        switch focus {
        case .groups: groups.paste(text)
        case .query, .results:
            focus = .query
            editor.paste(text)
            check()
        }
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch event.action {
        case .wheelUp: move(by: -3)
        case .wheelDown: move(by: 3)
        case .press, .doubleClick: return press(event, context)
        case .drag, .release: break
        }
        return []
    }

    private mutating func press(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        if layout.groups.contains(event.point) {
            focus = .groups
        } else if layout.editor.contains(event.point) {
            focus = .query
            editor.move(
                to: EventEditor.Place(
                    line: top + event.point.row - layout.editor.row,
                    column: event.point.column - layout.editor.column - 1))
        } else if let row = table.layout(in: layout.table).row(at: event.point) {
            focus = .results
            select(row)
            if event.action == .doubleClick { return open() }
        }
        return []
    }

    package func charts(_ context: ScreenContext) -> [ChartMap] { [] }

    private func copyChoices(_ result: InsightsResult) -> [CopyChoice] {
        var choices: [CopyChoice] = []
        if let selected {
            let pairs = zip(result.columns, selected.values).compactMap { name, value in value.map { "\(name): \($0)" }
            }
            choices.append(CopyChoice(title: "row", text: pairs.joined(separator: "\n")))
        }
        choices.append(CopyChoice(title: "table as CSV", text: result.commaSeparated))
        choices.append(CopyChoice(title: "query", text: text))
        choices.append(CopyChoice(title: "fntop command", text: "fntop insights \(Shell.quoted(text))"))
        return choices
    }
}

extension InsightsResult {
    private static let mostCopied = 1000

    /// Quoted as RFC 4180 has it.
    var commaSeparated: String {
        let lines = [columns] + rows.prefix(Self.mostCopied).map { row in row.values.map { $0 ?? "" } }
        return lines.map { $0.map(Self.quoted).joined(separator: ",") }.joined(separator: "\n")
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
