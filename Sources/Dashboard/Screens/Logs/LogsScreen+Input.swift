import Telemetry
import TelemetryStore
import Terminal

extension LogsScreen {
    /// Keys that a menu or the filter field takes before any command sees them; `nil` when neither is open.
    mutating func pressFirst(_ key: Key) -> [Effect]? {
        if let effects = pressMenu(key) { return effects }
        guard filterBar.isEditing, filterBar.press(key, functions: functions) else { return nil }
        applyFilter()
        return []
    }

    private mutating func pressMenu(_ key: Key) -> [Effect]? {
        guard var menu else { return nil }
        let answer = menu.press(key)
        self.menu = menu
        return take(answer)
    }

    private mutating func take(_ answer: ChoiceMenu<MenuChoice>.Answer) -> [Effect] {
        switch answer {
        case .stays: return []
        case .closes:
            menu = nil
            return []
        case .chosen(let choice): return chose(choice)
        }
    }

    /// Pasted text goes to the filter.
    package mutating func paste(_ text: String) {
        if !filterBar.isEditing { filterBar.beginEditing() }
        filterBar.paste(text)
        applyFilter()
    }

    mutating func mouse(_ event: MouseEvent, in bounds: Rect) -> [Effect] {
        if var menu {
            guard event.action == .press else { return [] }
            let answer = menu.click(event.point, in: bounds)
            self.menu = menu
            return take(answer)
        }
        switch event.action {
        case .wheelUp: list.scroll(by: -3)
        case .wheelDown: list.scroll(by: 3)
        case .press: press(at: event.point)
        case .doubleClick: return open(at: event.point)
        case .drag: drag(to: event.point)
        case .release: dragStart = nil
        }
        return []
    }

    private mutating func press(at point: Point) {
        if layout.filter.contains(point) { return filterBar.beginEditing() }
        if layout.volume.contains(point) { return dragStart = volumeColumn(point) }
        guard let row = row(at: point) else { return }
        if filterBar.isEditing { filterBar.endEditing() }
        list.select(row: row)
    }

    private mutating func open(at point: Point) -> [Effect] {
        guard let row = row(at: point) else { return [] }
        list.select(row: row)
        return run(.open)
    }

    private mutating func drag(to point: Point) {
        guard let dragStart, let volume else { return }
        let chart = LogVolumeChart(volume: volume)
        let end = volumeColumn(point)
        let (first, last) = (min(dragStart, end), max(dragStart, end))
        let start = chart.time(atColumn: first, of: volumeColumns)
        list.show(TimeWindow(start: start, end: chart.time(atColumn: last + 1, of: volumeColumns)))
    }

    private func volumeColumn(_ point: Point) -> Int {
        let plot = LogVolumeChart.plot(in: layout.volume)
        return min(max(point.column - plot.column, 0), max(plot.columns - 1, 0))
    }

    /// The row of the list at a point of the screen.
    func row(at point: Point) -> Int? {
        guard layout.lines.contains(point) else { return nil }
        var screenRow = layout.lines.row
        var row = list.top
        while row < list.rows.count {
            let height = list.view.height(at: row)
            if (screenRow..<screenRow + height).contains(point.row) { return row }
            screenRow += height
            row += 1
        }
        return nil
    }
}
