import JSON
import Terminal
import Testing

/// Every widget in every small rectangle, also one that is partly outside of the screen.
@Suite struct TinySizeTests {
    typealias Drawing = @Sendable (inout Canvas, Rect) -> Void

    static let hostile = "a\u{1B}[2J日本\t\u{202E}👨\u{200D}👩\u{300}"
    static let time = TimeAxis(start: 0, end: 900_000_000, zone: .utc)

    static let drawings: [(name: String, draw: Drawing)] = [
        ("text", { $0.draw(hostile, at: $1.origin, limit: $1.columns) }),
        ("styled text", { $0.draw(StyledText(hostile, .ok) + StyledText(hostile, .error), in: $1, align: .right) }),
        ("pane", { Pane(hostile, note: hostile, isFocused: true).draw(on: &$0, in: $1) }),
        (
            "table",
            { canvas, rect in
                let columns = [
                    TableColumn("NAME", minimum: 3, isFlexible: true),
                    TableColumn("P95", .right, minimum: 4, dropOrder: 2), TableColumn("日", minimum: 2, dropOrder: 1),
                ]
                let table = Table(
                    columns, rowCount: 30, cursor: ListCursor(index: 29),
                    sort: Table.Sort(column: 0, isDescending: true))
                table.draw(on: &canvas, in: rect) { _, column in
                    column == 1 ? .drawn { Sparkline(counts: [1, 2, 3]).draw(on: &$0, in: $1) } : .text(hostile)
                }
            }
        ),
        ("list", { ListView(count: 9, cursor: ListCursor(index: 8)).draw(on: &$0, in: $1) { _ in "row" } }),
        ("tabs", { Tabs(["One", hostile], selected: 1, digits: [1, 7]).draw(on: &$0, in: $1) }),
        ("field", { TextField(hostile, placeholder: "x").draw(on: &$0, in: $1) }),
        (
            "popup",
            { Popup("Title", size: Size(columns: 90, rows: 9)).draw(on: &$0, in: $1) { $0.draw("x", at: $1.origin) } }
        ),
        ("footer", { Footer([KeyHint(key: .enter, name: "⏎", title: "open")]).draw(on: &$0, in: $1) }),
        ("sparkline", { Sparkline([1, nil, 0, .nan, .infinity, -1, 9], errors: [1]).draw(on: &$0, in: $1) }),
        (
            "lines",
            { canvas, rect in
                var chart = LineChart(
                    [
                        LineChart.Series([1, 5e6, nil, .nan, .infinity, -4, 2], role: .series1),
                        LineChart.Series([], role: .series2),
                    ], axis: .microseconds, time: time)
                chart.marks = [0, 1, .nan, 7]
                chart.gaps = [0...0.2, 0.9...9]
                chart.draw(on: &canvas, in: rect)
            }
        ),
        (
            "bars",
            {
                BarChart(
                    [
                        LineChart.Series([1, 2, nil, 1e300], role: .accent),
                        LineChart.Series([nil, .nan, 3], role: .error),
                    ], time: time
                ).draw(on: &$0, in: $1)
            }
        ),
        ("histogram", { Histogram([.init("1 ms", 5), .init(hostile, .max), .init("", -1)]).draw(on: &$0, in: $1) }),
        (
            "heatmap",
            {
                HeatmapChart(
                    labels: ["1 ms", "2 ms", hostile], columns: [[1, 2], [], [0, .max, .max, 9]], time: time
                )
                .draw(on: &$0, in: $1)
            }
        ),
        ("meter", { Meter(used: .max, of: 1).draw(on: &$0, in: $1) }),
        (
            "timeline",
            {
                TimelineChart(
                    [.init("init", segments: [.init(start: .min, end: .max, role: .info, mark: .cross)], note: "1 s")],
                    length: -4, cursor: ListCursor(index: 7)
                ).draw(on: &$0, in: $1)
            }
        ),
        ("JSON", { JSONTree(["a": [1, "x", nil], "日": hostileJSON], expandedTo: 9).draw(on: &$0, in: $1) }),
    ]

    static let hostileJSON = JSON.string(hostile)

    @Test(arguments: Glyphs.allCases)
    func nothingTrapsAndNothingIsDrawnOutside(_ glyphs: Glyphs) {
        for (name, draw) in Self.drawings {
            for columns in [0, 1, 2, 3, 5, 8, 16, 17, 40] {
                for rows in [0, 1, 2, 3, 4, 5, 12] {
                    let rect = Rect(column: 2, row: 1, columns: columns, rows: rows)
                    var canvas = Canvas(Size(columns: columns + 4, rows: rows + 2), glyphs: glyphs)
                    canvas.fill(canvas.bounds, Style(.keyword), with: "#")
                    canvas.clipped(to: rect) { draw(&$0, rect) }
                    let isTouched = outside(of: rect, canvas).contains { $0 != Cell("#", style: Style(.keyword)) }
                    #expect(!isTouched, "\(name) at \(columns)x\(rows)")
                    var small = Canvas(Size(columns: columns, rows: rows), glyphs: glyphs)
                    draw(&small, Rect(column: -1, row: -1, columns: columns + 3, rows: rows + 3))
                    draw(&small, Rect(column: columns, row: rows, columns: 3, rows: 3))
                }
            }
        }
    }

    private func outside(of rect: Rect, _ canvas: Canvas) -> [Cell] {
        (0..<canvas.bounds.rows).flatMap { row in
            (0..<canvas.bounds.columns).compactMap { column in
                rect.contains(Point(column: column, row: row)) ? nil : canvas.frame[column, row]
            }
        }
    }

    @Test func anAsciiTerminalIsSentAsciiByEveryWidget() {
        for (name, draw) in Self.drawings {
            var canvas = Canvas(Size(columns: 60, rows: 16), glyphs: .ascii)
            draw(&canvas, canvas.bounds)
            #expect(canvas.frame.text.utf8.max() ?? 0 < 0x80, "\(name)")
        }
    }
}
