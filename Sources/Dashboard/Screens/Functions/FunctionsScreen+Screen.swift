import Telemetry
import TelemetryStore
package import Terminal

package enum FunctionsCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case open, logs, invoke, sort, reverse, filter, clear, nextError, previousError, pane, chart, copy, escape
    case only, replay, zoom, trace
}

extension FunctionsScreen: Screen {
    package typealias Command = FunctionsCommand

    package static let keys = KeyMap<FunctionsCommand>(
        [
            KeyBinding(
                .enter, command: .open, title: "open", summary: "Opens the function, or the selected invocation."),
            KeyBinding(.character("l"), command: .logs, title: "logs", summary: "Shows the function's log."),
            KeyBinding(
                .character("i"), command: .invoke, title: "invoke", summary: "Calls the function with an event."),
            KeyBinding(
                .character("e"), .character("n"), command: .nextError, title: "next error",
                summary: "Goes to the next function with errors."),
            KeyBinding(
                .character("/"), command: .filter, title: "filter", summary: "Shows only names like what is typed."),
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
                summary: "Calls the function again with the event of the selected or last invocation.",
                isInFooter: false),
            KeyBinding(
                .character("T"), command: .trace, title: "trace",
                summary: "Opens the trace of the selected or last invocation.", isInFooter: false),
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
        ] + KeyBinding.moving())

    package var route: Route { .functions }

    package var takesLetters: Bool { list.isFiltering }

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
        let page = (focus == .functions ? layout.table : layout.latest).rows - 2
        if let step = command.step(page: page) { move(by: step, at: context.now) }
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: break
        case .sort: change { $0.sortByNext() }
        case .reverse: change { $0.reverse() }
        case .filter: change { $0.isFiltering = true }
        case .clear, .escape: change { $0.clearFilter() }
        case .nextError: return goToError(forward: true, context)
        case .previousError: return goToError(forward: false, context)
        case .pane: focus = focus == .functions && !layout.latestFrame.isEmpty ? .latest : .functions
        case .chart: showsHeatmap.toggle()
        case .open: return open()
        case .logs: return selected.map { [.open(.logs(filter: "fn:\($0)"))] } ?? []
        case .invoke: return selected.map { [.open(.invoke(function: $0, event: nil))] } ?? []
        case .copy: return list.selectedRow.map { [.offer($0.copyChoices)] } ?? []
        case .only: change { $0.showOnlySelected() }
        case .replay: return replay()
        case .trace: return trace()
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

    private func trace() -> [Effect] {
        let records = shownDetail?.latest ?? []
        let record = focus == .latest && records.indices.contains(latest.index) ? records[latest.index] : records.first
        return record.map { [.open(.traceOf($0.requestID))] } ?? [.notice("it was not called in this window")]
    }

    private func replay() -> [Effect] {
        let records = shownDetail?.latest ?? []
        let record = focus == .latest && records.indices.contains(latest.index) ? records[latest.index] : records.first
        guard let record else { return [.notice("there is no invocation to replay: i calls the function")] }
        return record.start.replay
    }

    private mutating func goToError(forward: Bool, _ context: ScreenContext) -> [Effect] {
        let isFound = change { $0.goToNext(forward: forward, at: context.now) { $0.errors > 0 } }
        guard isFound else { return [.notice("no function failed in this window")] }
        focus = .functions
        return []
    }

    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? {
        change { $0.press(key, at: context.now) } ? [] : nil
    }

    package mutating func paste(_ text: String) { change { $0.paste(text) } }

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
        guard change({ $0.point(at: point, in: map, at: context.now) }) else { return false }
        focus = .functions
        return true
    }
}
