import JSON
import Telemetry
import TelemetryStore
package import Terminal

package enum ItemCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case open, types, copy, edit, delete, reload, calls, back
}

extension ItemScreen: Screen {
    package typealias Command = ItemCommand

    package static let keys = KeyMap<ItemCommand>(
        [
            KeyBinding(.enter, command: .open, title: "open", summary: "Opens or closes a part of the item."),
            KeyBinding(
                .character("v"), command: .types, title: "types",
                summary: "Shows DynamoDB's JSON with the type of each value, or plain JSON."),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the item as JSON, as DynamoDB's JSON or as a command."),
            KeyBinding(
                .character("i"), command: .edit, title: "change",
                summary: "Changes the item in an editor; Ctrl-S puts it, Ctrl-E opens your editor, Esc leaves it."),
            KeyBinding(.character("D"), .delete, command: .delete, title: "delete", summary: "Deletes the item."),
            KeyBinding(.character("R"), command: .reload, title: "read again", summary: "Reads the item again."),
            KeyBinding(
                .character("x"), command: .calls, title: "callers", summary: "Shows the calls that touched the table."),
            KeyBinding(.escape, command: .back, title: "back", summary: "Goes back."),
        ] + KeyBinding.moving())

    package var route: Route { .item(table: table, key: key) }

    package var takesLetters: Bool { editing != nil }

    package var requests: [DataRequest] { [.table(table, buckets: 1)] }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        guard case .table(let detail) = answer else { return [] }
        return begin(detail?.summary.table.description)
    }

    package mutating func take(_ outcome: EndpointOutcome, _ context: ScreenContext) -> [Effect] { take(outcome) }

    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? { press(key) }

    package mutating func run(_ command: ItemCommand, _ context: ScreenContext) -> [Effect] {
        if let step = command.step(page: body.rows - 3) { move(by: step) }
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: return []
        case .open:
            toggleSelected()
            return []
        case .types:
            toggleTypes()
            return []
        case .copy: return item.map { [.offer(copyChoices($0))] } ?? [.notice("there is nothing to copy")]
        case .edit: return edit()
        case .delete: return delete()
        case .reload: return reload()
        case .calls: return [.open(.table(table, .calls))]
        case .back: return [.back]
        }
    }

    private func copyChoices(_ item: JSONObject) -> [CopyChoice] {
        let name = Shell.quoted(table)
        return [
            CopyChoice(title: "JSON", text: Attribute.plain(item).prettyText),
            CopyChoice(title: "DynamoDB JSON", text: JSON.object(item).prettyText),
            CopyChoice(title: "key", text: ItemKey.text(key)),
            CopyChoice(
                title: "aws get-item command",
                text: "aws dynamodb get-item --table-name \(name) --key \(Shell.quoted(key.text))"),
            CopyChoice(
                title: "aws put-item command",
                text: "aws dynamodb put-item --table-name \(name) --item \(Shell.quoted(JSON.object(item).text))"),
        ]
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        guard editing == nil else { return [] }
        switch event.action {
        case .wheelUp: move(by: -1)
        case .wheelDown: move(by: 1)
        case .press, .doubleClick:
            let inside = Pane.inside(body)
            guard inside.contains(event.point), let tree else { return [] }
            let window = tree.cursor.window(visible: inside.rows, count: tree.rowCount)
            move(by: window.first + event.point.row - inside.row - tree.cursor.index)
            if event.action == .doubleClick { toggleSelected() }
        case .drag, .release: break
        }
        return []
    }

    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        if head.rows >= 3 { canvas.draw(facts, in: canvas.pane(head, title: "item of \(table)")) }
        if let editing { return draw(editing, on: &canvas) }
        let title = showsTypes ? "item, with types" : "item"
        let note = showsTypes ? "v hides the types" : "v shows the types"
        let inside = canvas.pane(body, title: title, note: [Run(note, .dim)], isFocused: true)
        guard let tree else {
            let lines =
                isGone
                ? ["the item is not there", "it was deleted, or has expired", "Esc goes back"]
                : [
                    failure.map { "\(Mark.failed) \($0)" } ?? "reading the item",
                    failure == nil ? "" : "R reads it again",
                ]
            return canvas.drawNote(lines, in: inside)
        }
        tree.draw(on: &canvas, in: inside)
    }

    private func draw(_ editing: ItemEditor, on canvas: inout Canvas) {
        let title = editing.isTyped ? "change, in DynamoDB's JSON" : "change"
        let note = [Run("Ctrl-S puts it · Ctrl-E your editor · Esc leaves it", .dim)]
        canvas.pane(body, title: title, note: note, isFocused: true)
        canvas.draw(editing.editor, top: editing.top, in: editorPlace)
        let point = Point(column: body.column + 2, row: body.endRow - 2)
        canvas.draw(validity(editing), at: point, limit: body.columns - 4)
    }

    private func validity(_ editing: ItemEditor) -> [Run] {
        switch editing.validity {
        case .invalid(let problem, let line, let column):
            return [Run("\(Mark.failed) line \(line), column \(column): ", .error, .bold), Run(problem, .error)]
        case .empty: return [Run("\(Mark.failed) an item is an object with its key", .error)]
        case .valid:
            if let failure { return [Run("\(Mark.failed) \(failure)", .error)] }
            return editing.item == nil
                ? [Run("\(Mark.failed) an item is an object with its key", .error)] : [Run("\(Mark.ok) JSON", .ok)]
        }
    }

    private var facts: [InvocationFact] {
        var facts = [InvocationFact(name: "table", value: table)]
        for (name, value) in key.object ?? JSONObject() {
            facts.append(InvocationFact(name: name, value: "\(Attribute.text(value)) (\(Attribute.type(value)))"))
        }
        if let item { facts.append(InvocationFact(name: "attributes", value: "\(item.count)")) }
        return facts
    }
}
