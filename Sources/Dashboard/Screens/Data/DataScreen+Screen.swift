import JSON
import Telemetry
import TelemetryStore
package import Terminal

package enum DataCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case open, overview, calls, sort, reverse, filter, clear, only, nextError, previousError, copy, escape
}

extension DataScreen: Screen {
    package typealias Command = DataCommand

    package static let keys = KeyMap<DataCommand>(
        [
            KeyBinding(.enter, command: .open, title: "items", summary: "Opens the table's items."),
            KeyBinding(
                .character("o"), command: .overview, title: "overview",
                summary: "Opens the table's latency, hottest keys and errors."),
            KeyBinding(
                .character("x"), command: .calls, title: "callers", summary: "Shows the calls that touched the table."),
            KeyBinding(
                .character("e"), .character("n"), command: .nextError, title: "next error",
                summary: "Goes to the next table with errors or throttles."),
            KeyBinding(
                .character("/"), command: .filter, title: "filter", summary: "Shows only names like what is typed."),
            KeyBinding(.character("s"), command: .sort, title: "sort", summary: "Sorts by the next column."),
            KeyBinding(
                .character("E"), .character("N"), command: .previousError, title: "previous error",
                summary: "Goes to the previous table with errors or throttles.", isInFooter: false),
            KeyBinding(
                .character("S"), command: .reverse, title: "reverse", summary: "Sorts the other way round.",
                isInFooter: false),
            KeyBinding(
                .character("f"), command: .only, title: "only this", summary: "Shows only the selected table.",
                isInFooter: false),
            KeyBinding(
                .character("F"), command: .clear, title: "clear", summary: "Clears the filter.", isInFooter: false),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the name, the ARN, a command, or the description.", isInFooter: false),
            KeyBinding(.escape, command: .escape, title: "back", summary: "Clears the filter.", isInFooter: false),
        ] + KeyBinding.moving())

    package var route: Route { .data }

    package var takesLetters: Bool { list.isFiltering }

    package var requests: [DataRequest] {
        [.tables(buckets: 60)] + (selected.map { [.table($0, buckets: 60)] } ?? [])
    }

    package var dependsOnTime: Bool { overview?.tables.contains { $0.lastCall != nil } ?? false }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch answer {
        case .tables(let overview): take(overview)
        case .table(let detail): take(detail)
        default: break
        }
        return []
    }

    package mutating func run(_ command: DataCommand, _ context: ScreenContext) -> [Effect] {
        if let step = command.step(page: layout.table.rows - 2) { list.move(by: step, at: context.now) }
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: break
        case .sort: list.sortByNext()
        case .reverse: list.reverse()
        case .filter: list.isFiltering = true
        case .clear, .escape: list.clearFilter()
        case .only: list.showOnlySelected()
        case .nextError: return goToError(forward: true, context)
        case .previousError: return goToError(forward: false, context)
        case .open: return open(.items)
        case .overview: return open(.overview)
        case .calls: return open(.calls)
        case .copy: return list.selectedRow.map { [.offer($0.table.copyChoices)] } ?? []
        }
        return []
    }

    private func open(_ tab: TableTab) -> [Effect] { selected.map { [.open(.table($0, tab))] } ?? [] }

    private mutating func goToError(forward: Bool, _ context: ScreenContext) -> [Effect] {
        list.goToNext(forward: forward, at: context.now) { $0.failures > 0 }
            ? [] : [.notice("no table had errors or throttles in this window")]
    }

    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? {
        list.press(key, at: context.now) ? [] : nil
    }

    package mutating func paste(_ text: String) { list.paste(text) }

    package func charts(_ context: ScreenContext) -> [ChartMap] {
        var canvas = Canvas(Size(columns: context.rect.endColumn, rows: context.rect.endRow))
        return drawCharts(on: &canvas)
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch event.action {
        case .wheelUp: list.move(by: -1, at: context.now)
        case .wheelDown: list.move(by: 1, at: context.now)
        case .press, .doubleClick:
            let isHit = list.point(at: event.point, in: table.layout(in: layout.table), at: context.now)
            return event.action == .doubleClick && isHit ? open(.items) : []
        case .drag, .release: break
        }
        return []
    }
}

extension TableDescription {
    var copyChoices: [CopyChoice] {
        let quoted = Shell.quoted(name)
        var choices = [CopyChoice(title: "name", text: name)]
        if !arn.isEmpty { choices.append(CopyChoice(title: "ARN", text: arn)) }
        if let streamARN { choices.append(CopyChoice(title: "stream ARN", text: streamARN)) }
        choices += [
            CopyChoice(title: "aws command", text: "aws dynamodb scan --table-name \(quoted) --max-items 25"),
            CopyChoice(title: "fntop command", text: "fntop tables items \(quoted)"),
        ]
        if !description.isNull {
            choices.append(CopyChoice(title: "description as JSON", text: description.prettyText))
        }
        return choices
    }
}
