import LogsInsights
import Terminal

/// The numbers of a result over its spans of time: one line a column, or one a group when there is one column of numbers.
struct InsightsChart {
    let title: String
    let legend: [Run]
    let lines: LineChart

    private static let roles: [Role] = [.series1, .series2, .series3, .series4, .series5]
    private static let mostSpans = 2000

    init?(_ result: InsightsResult) {
        guard let time = result.timeColumn else { return nil }
        let times = Set(result.rows.compactMap(\.time)).sorted()
        guard let first = times.first, let last = times.last else { return nil }
        let step = zip(times, times.dropFirst()).map { $1 - $0 }.min() ?? 60_000
        let count = Int((last - first) / max(step, 1)) + 1
        guard count <= Self.mostSpans else { return nil }
        let numbers = result.columns.indices.filter { column in
            column != time && result.rows.contains { $0.values[column].flatMap { Double($0) } != nil }
                && result.rows.allSatisfy { row in row.values[column].map { Double($0) != nil } ?? true }
        }
        let groups = result.columns.indices.filter { $0 != time && !numbers.contains($0) }
        guard let number = numbers.first else { return nil }
        var series: [(name: String, values: [Double?])] = []
        func place(_ row: InsightsResult.Row) -> Int? { row.time.map { Int(($0 - first) / max(step, 1)) } }
        if groups.isEmpty {
            for column in numbers.prefix(Self.roles.count) {
                var values = [Double?](repeating: nil, count: count)
                for row in result.rows {
                    if let place = place(row) { values[place] = row.values[column].flatMap { Double($0) } }
                }
                series.append((result.columns[column], values))
            }
            title = numbers.count == 1 ? result.columns[number] : "values"
        } else {
            for row in result.rows {
                guard let place = place(row) else { continue }
                let name = groups.map { row.values[$0] ?? "·" }.joined(separator: " ")
                let known = series.firstIndex { $0.name == name } ?? series.count
                guard known < Self.roles.count else { continue }
                if known == series.count { series.append((name, [Double?](repeating: nil, count: count))) }
                series[known].values[place] = row.values[number].flatMap { Double($0) }
            }
            title = result.columns[number]
        }
        legend = zip(series, Self.roles).map { Run(" \(Mark.bar(8)) \(Text.cut($0.name, to: 24))", $1) }
        lines = LineChart(
            zip(series, Self.roles).map { LineChart.Series($0.values, role: $1) },
            axis: .number,
            time: TimeAxis(start: first * 1000, end: (last + step) * 1000))
    }
}
