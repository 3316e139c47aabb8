import Telemetry
import TelemetryStore
package import Terminal

package enum FunctionsCommand: Hashable, Sendable {
    case up, down, pageUp, pageDown, first, last
    case open, logs, invoke, sort, reverse, filter, clear, nextError, previousError, pane, chart, copy, escape
    case only, replay, zoom
}

extension FunctionsScreen: Screen {
    package typealias Command = FunctionsCommand

    package static let keys = KeyMap<FunctionsCommand>([
        KeyBinding(.enter, command: .open, title: "open", summary: "Opens the function, or the selected invocation."),
        KeyBinding(.character("l"), command: .logs, title: "logs", summary: "Shows the function's log."),
        KeyBinding(.character("i"), command: .invoke, title: "invoke", summary: "Calls the function with an event."),
        KeyBinding(
            .character("e"), .character("n"), command: .nextError, title: "next error",
            summary: "Goes to the next function with errors."),
        KeyBinding(.character("/"), command: .filter, title: "filter", summary: "Shows only names like what is typed."),
        KeyBinding(.character("s"), command: .sort, title: "sort", summary: "Sorts by the next column."),
        KeyBinding(.character("v"), command: .chart, title: "heatmap/bars", summary: "Shows the other chart."),
        KeyBinding(.tab, .backTab, command: .pane, title: "pane", summary: "Goes to the other pane."),
        KeyBinding(
            .character("E"), .character("N"), command: .previousError, title: "previous error",
            summary: "Goes to the previous function with errors.", isInFooter: false),
        KeyBinding(
            .character("S"), command: .reverse, title: "reverse", summary: "Sorts the other way round.",
            isInFooter: false),
        KeyBinding(
            .character("f"), command: .only, title: "only this", summary: "Shows only the selected function.",
            isInFooter: false),
        KeyBinding(
            .character("r"), command: .replay, title: "replay",
            summary: "Calls the function again with the event of the selected or last invocation.", isInFooter: false),
        KeyBinding(
            .character("z"), command: .zoom, title: "zoom",
            summary: "Gives the pane the whole screen, or its part again.",
            isInFooter: false),
        KeyBinding(
            .character("F"), command: .clear, title: "clear", summary: "Clears the filter.", isInFooter: false),
        KeyBinding(
            .character("y"), .character("c"), command: .copy, title: "copy",
            summary: "Copies the name, the ARN, a command, or the configuration.", isInFooter: false),
        KeyBinding(.escape, command: .escape, title: "back", summary: "Clears the filter.", isInFooter: false),
        KeyBinding(.up, .character("k"), command: .up, title: "up", summary: "Goes up.", isInFooter: false),
        KeyBinding(.down, .character("j"), command: .down, title: "down", summary: "Goes down.", isInFooter: false),
        KeyBinding(
            .pageUp, .control("u"), command: .pageUp, title: "page up", summary: "Goes up a page.", isInFooter: false),
        KeyBinding(
            .pageDown, .control("d"), command: .pageDown, title: "page down", summary: "Goes down a page.",
            isInFooter: false),
        KeyBinding(
            .character("g"), .home, command: .first, title: "first", summary: "Goes to the first.", isInFooter: false),
        KeyBinding(
            .character("G"), .end, command: .last, title: "last", summary: "Goes to the last.", isInFooter: false),
    ])

    package var route: Route { .functions }

    package var requests: [DataRequest] {
        [.overview(buckets: 60)] + (selected.map { [.function($0, buckets: 60)] } ?? [])
    }

    package var dependsOnTime: Bool { overview?.functions.contains { $0.lastInvocation != nil } ?? false }

    package var markable: Marked? {
        let records = shownDetail?.latest ?? []
        guard focus == .latest, records.indices.contains(latest.index) else { return nil }
        return .invocation(records[latest.index].requestID)
    }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch answer {
        case .overview(let overview): take(overview)
        case .function(let detail): take(detail)
        default: break
        }
        return []
    }

    package mutating func run(_ command: FunctionsCommand, _ context: ScreenContext) -> [Effect] {
        let page = max((focus == .functions ? layout.table : layout.latest).rows - 2, 1)
        switch command {
        case .up: move(by: -1, at: context.now)
        case .down: move(by: 1, at: context.now)
        case .pageUp: move(by: -page, at: context.now)
        case .pageDown: move(by: page, at: context.now)
        case .first: move(by: -1_000_000, at: context.now)
        case .last: move(by: 1_000_000, at: context.now)
        case .sort: sortByNext()
        case .reverse: reverse()
        case .filter: isFiltering = true
        case .clear, .escape: clearFilter()
        case .nextError: return goToError(forward: true, context)
        case .previousError: return goToError(forward: false, context)
        case .pane: focus = focus == .functions && !layout.latestFrame.isEmpty ? .latest : .functions
        case .chart: showsHeatmap.toggle()
        case .open: return open()
        case .logs: return selected.map { [.open(.logs(filter: "fn:\($0)"))] } ?? []
        case .invoke: return selected.map { [.open(.invoke(function: $0, event: nil))] } ?? []
        case .copy: return selected.flatMap { summaries[$0] }.map { [.offer($0.copyChoices)] } ?? []
        case .only: showOnlySelected()
        case .replay: return replay()
        case .zoom: zoom()
        }
        return []
    }

    private func open() -> [Effect] {
        let records = shownDetail?.latest ?? []
        if focus == .latest {
            return records.indices.contains(latest.index) ? [.open(.invocation(records[latest.index].requestID))] : []
        }
        return selected.map { [.open(.function($0, .overview))] } ?? []
    }

    private func replay() -> [Effect] {
        let records = shownDetail?.latest ?? []
        let record = focus == .latest && records.indices.contains(latest.index) ? records[latest.index] : records.first
        guard let record else { return [.notice("there is no invocation to replay: i calls the function")] }
        return record.start.replay
    }

    private mutating func goToError(forward: Bool, _ context: ScreenContext) -> [Effect] {
        let summaries = summaries
        let failing = order.indices.filter { (summaries[order[$0]]?.errors ?? 0) > 0 }
        let here = cursor.index
        let next = forward ? failing.first { $0 > here } ?? failing.first : failing.last { $0 < here } ?? failing.last
        guard let next else { return [.notice("no function failed in this window")] }
        focus = .functions
        select(order[next], at: context.now)
        return []
    }

    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? {
        guard isFiltering else { return nil }
        switch key {
        case .enter: isFiltering = false
        case .escape: clearFilter()
        case .up: move(by: -1, at: context.now)
        case .down: move(by: 1, at: context.now)
        default:
            guard filter.press(key) else { return nil }
            arrange()
        }
        return []
    }

    package mutating func paste(_ text: String) {
        guard isFiltering else { return }
        filter.paste(text)
        arrange()
    }

    package func charts(_ context: ScreenContext) -> [ChartMap] {
        var canvas = Canvas(Size(columns: context.rect.endColumn, rows: context.rect.endRow))
        return [drawChart(on: &canvas), drawSide(on: &canvas)].compactMap { $0 }
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        let isBelow = layout.latestFrame.contains(event.point)
        switch event.action {
        case .wheelUp, .wheelDown:
            focus = isBelow ? .latest : .functions
            move(by: event.action == .wheelUp ? -1 : 1, at: context.now)
        case .press, .doubleClick:
            let isHit = isBelow ? selectLatest(event.point) : selectFunction(event.point, context)
            return event.action == .doubleClick && isHit ? open() : []
        default: break
        }
        return []
    }

    private mutating func selectLatest(_ point: Point) -> Bool {
        focus = .latest
        let records = shownDetail?.latest ?? []
        let map = InvocationTable(records: records, cursor: latest, isFocused: true).map(in: layout.latest)
        guard let row = map.row(at: point) else { return false }
        latest.index = row
        return true
    }

    private mutating func selectFunction(_ point: Point, _ context: ScreenContext) -> Bool {
        let map = table.layout(in: layout.table)
        if let column = map.header(at: point).flatMap(FunctionColumn.init(rawValue:)) {
            if FunctionColumn.sortable.contains(column) { sort(by: column) }
            return false
        }
        guard let row = map.row(at: point), order.indices.contains(row) else { return false }
        focus = .functions
        select(order[row], at: context.now)
        return true
    }
}
