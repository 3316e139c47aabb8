import Telemetry
import TelemetryStore
import Terminal

extension InvocationScreen {
    mutating func point(_ event: MouseEvent) -> [Effect] {
        guard let pane = layout.frames.first(where: { $0.value.contains(event.point) })?.key else {
            if event.action == .press { pressTab(event.point) }
            return []
        }
        switch event.action {
        case .wheelUp, .wheelDown:
            let before = focus
            focus = pane
            move(by: event.action == .wheelUp ? -3 : 3)
            focus = layout.showsAll ? before : focus
        case .press: select(pane, at: event.point)
        case .doubleClick:
            select(pane, at: event.point)
            return run(.open, now: Timestamp(microseconds: 0))
        case .drag, .release: break
        }
        return []
    }

    private mutating func select(_ pane: InvocationPane, at point: Point) {
        focus = pane
        let place = layout[pane]
        guard place.contains(point) else { return }
        let row = point.row - place.row
        switch pane {
        case .log: log.select(row: log.top + row)
        case .event: event.select(row: row, height: place.rows)
        case .response: response.select(row: row, height: place.rows)
        case .calls: calls.move(to: calls.top + row, count: detail?.calls.count ?? 0, height: place.rows)
        case .error, .phases: break
        }
    }

    private mutating func pressTab(_ point: Point) {
        guard layout.tabs.contains(point) else { return }
        var column = layout.tabs.column
        for pane in panes {
            let width = Text.width(title(pane)) + 3
            if (column..<column + width).contains(point.column) { return focus = pane }
            column += width
        }
    }
}
