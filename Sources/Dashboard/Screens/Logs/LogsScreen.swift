import Telemetry
import TelemetryStore
package import Terminal

/// The log of all functions: how much there was, a filter, and the lines.
package struct LogsScreen: Hashable, Sendable {
    var list: LogList
    var filterBar: FilterBar
    var volume: LogVolume?
    /// How many lines matched when the newest one was last shown.
    var matchesWhenLeft: Int?
    /// The columns that lines are moved to the left by.
    var offset = 0
    var menu: ChoiceMenu<MenuChoice>?
    /// The filter that the screen was opened with: with it, Escape goes back.
    let initialFilter: String
    /// The column of the volume where a drag began.
    var dragStart: Int?
    /// The columns of the volume, as last drawn.
    var volumeColumns = 100
    /// The width that the heights of wrapped lines were measured for.
    private var wrappedColumns = 0
    var layout = LogsLayout(Rect(column: 0, row: 0, columns: 80, rows: 20), hasProblem: false)

    enum MenuChoice: Hashable {
        case filter(String)
        case copy(String, title: String)
    }

    init(filter: String = "") {
        initialFilter = filter
        filterBar = FilterBar(filter)
        list = LogList(filter: filterBar.applied)
    }

    var newCount: Int {
        guard !list.isFollowing, let matchesWhenLeft, let volume else { return 0 }
        return max(volume.matching - matchesWhenLeft, 0)
    }

    /// The functions that were seen, for completions.
    private(set) var functions: [String] = []

    mutating func learn(_ names: some Sequence<String>) {
        functions = Set(functions).union(names).sorted()
    }

    package mutating func lay(out rect: Rect) {
        layout = LogsLayout(rect, hasProblem: filterBar.problem != nil || !filterBar.completions.isEmpty)
        volumeColumns = LogVolumeChart.bucketCount(columns: layout.volume.columns)
        guard list.options.isWrapped else { return list.resize(height: layout.lines.rows, heights: []) }
        guard list.view.heights.isEmpty || wrappedColumns != layout.lines.columns else {
            return list.resize(height: layout.lines.rows, heights: list.view.heights)
        }
        wrappedColumns = layout.lines.columns
        let painter = LogPainter(list, width: layout.lines.columns)
        list.resize(height: layout.lines.rows, heights: list.rows.map(painter.height))
    }

    mutating func applyFilter() {
        guard filterBar.applied != list.filter else { return }
        list.show(filterBar.applied)
        matchesWhenLeft = nil
        volume = nil
    }

    mutating func take(_ volume: LogVolume) {
        self.volume = volume
        if list.isFollowing || matchesWhenLeft == nil { matchesWhenLeft = volume.matching }
    }

    mutating func clearFilters() {
        filterBar.set("")
        list.show(nil as TimeWindow?)
        applyFilter()
    }
}

/// Where the parts of the screen are.
struct LogsLayout: Hashable {
    /// The volume's frame and the bars with their axis; empty where there is no room.
    var volumeFrame: Rect
    var volume: Rect
    var listFrame: Rect
    var filter: Rect
    /// What is wrong with the filter, or what Tab offers.
    var problem: Rect
    var lines: Rect

    init(_ rect: Rect, hasProblem: Bool) {
        let wanted = rect.rows >= 34 ? 7 : rect.rows >= 17 ? 5 : 0
        let volumeRows = rect.columns >= 40 ? wanted : 0
        volumeFrame = Rect(column: rect.column, row: rect.row, columns: rect.columns, rows: volumeRows)
        volume = volumeFrame.inset()
        listFrame = Rect(
            column: rect.column, row: rect.row + volumeRows, columns: rect.columns, rows: rect.rows - volumeRows)
        let inner = listFrame.rows >= 5 && listFrame.columns >= 12 ? listFrame.inset() : listFrame
        filter = Rect(column: inner.column, row: inner.row, columns: inner.columns, rows: min(inner.rows, 1))
        let problemRows = hasProblem && inner.rows > 2 ? 1 : 0
        problem = Rect(column: inner.column, row: filter.endRow, columns: inner.columns, rows: problemRows)
        lines = Rect(
            column: inner.column, row: problem.endRow, columns: inner.columns,
            rows: inner.rows - filter.rows - problemRows)
    }
}
