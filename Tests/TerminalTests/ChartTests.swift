import Terminal
import Testing

@Suite struct ChartTests {
    private func picture(_ columns: Int, _ rows: Int, _ glyphs: Glyphs = .unicode, _ draw: (inout Canvas) -> Void)
        -> String
    {
        var canvas = Canvas(Size(columns: columns, rows: rows), glyphs: glyphs)
        draw(&canvas)
        return canvas.frame.text
    }

    static let time = TimeAxis(start: 42_600_000_000, end: 43_500_000_000, zone: .utc)

    @Test func sparklinesTellNothingHappenedFromNothingKnown() {
        let drawn = picture(8, 1) { Sparkline([1, 2, 4, 8, 0, nil, 6, 8]).draw(on: &$0, in: $0.bounds) }
        #expect(drawn == "▁▂▄█·╌▆█")
    }

    @Test func aSingleErrorIsSeenInItsColumn() {
        var canvas = Canvas(Size(columns: 4, rows: 1))
        Sparkline(counts: Array(repeating: 9, count: 40), errors: Array(repeating: 0, count: 39) + [1])
            .draw(on: &canvas, in: canvas.bounds)
        #expect((0..<4).map { canvas.frame[$0, 0].style.foreground } == [.accent, .accent, .accent, .error])
    }

    @Test func linesHaveAxesAndMarks() {
        var chart = LineChart(
            [LineChart.Series((0..<60).map { Double($0) * 33_000 }, role: .series1)], axis: .microseconds,
            time: Self.time)
        chart.marks = [0.5]
        #expect(picture(40, 8) { chart.draw(on: &$0, in: $0.bounds) } == Golden.line)
        #expect(picture(40, 8, .ascii) { chart.draw(on: &$0, in: $0.bounds) } == Golden.asciiLine)
    }

    @Test func lineBreaksWhereNothingIsKnown() {
        let chart = LineChart([LineChart.Series([1, 1, nil, nil, 1, 1], role: .series1)], axis: .count)
        let drawn = picture(6, 1) { chart.draw(on: &$0, in: $0.bounds) }
        #expect(drawn == "⠉⠉  ⠉⠉")
    }

    @Test func barsAreStacked() {
        let chart = BarChart(
            [
                LineChart.Series([8, 4, nil, 0], role: .error), LineChart.Series([0, 8, nil, 16], role: .accent),
            ])
        var canvas = Canvas(Size(columns: 4, rows: 3))
        chart.draw(on: &canvas, in: canvas.bounds)
        // The axis ends at the next round number, 20.
        #expect(canvas.frame.text == "   ▃\n▂▆ █\n█▅·█")
        #expect(canvas.frame[1, 2].style == Style(.error, on: .accent))
    }

    @Test func heatmapsHaveTwinsWithoutColour() {
        let chart = HeatmapChart(labels: ["1 ms", "2 ms"], columns: [[1, 0], [10, 100], [0, 1000]])
        #expect(picture(3, 2, .ascii) { chart.draw(on: &$0, in: $0.bounds) } == " *@\n.-")
        #expect(picture(3, 2) { chart.draw(on: &$0, in: $0.bounds) } == " ██\n██")
        let colourless = picture(3, 2) {
            $0.hasColors = false
            chart.draw(on: &$0, in: $0.bounds)
        }
        #expect(colourless == " ▓█\n░▒")
    }

    @Test func heatmapsLeaveOutEmptyEndsBeforeTheyMergeRanges() {
        let chart = HeatmapChart(labels: ["1", "2", "4", "8", "16"], columns: [[0, 0, 1, 1000, 0]])
        #expect(picture(1, 3, .ascii) { chart.draw(on: &$0, in: $0.bounds) } == "@\n.\n")
        #expect(picture(1, 2, .ascii) { chart.draw(on: &$0, in: $0.bounds) } == "@\n.")
    }

    @Test func metersFillByEighths() {
        #expect(picture(4, 1) { Meter(0.5).draw(on: &$0, in: $0.bounds) } == "██")
        #expect(picture(4, 1) { Meter(0.6).draw(on: &$0, in: $0.bounds) } == "██▍")
        #expect(picture(4, 1) { Meter(0.0001).draw(on: &$0, in: $0.bounds) } == "▏")
        #expect(picture(4, 1) { Meter(nil).draw(on: &$0, in: $0.bounds) } == "·")
        #expect(picture(4, 1, .ascii) { Meter(0.6).draw(on: &$0, in: $0.bounds) } == "##")
    }

    @Test func histogramsShowCounts() {
        let drawn = picture(20, 2) { Histogram([.init("8 ms", 10), .init("16 ms", 5)]).draw(on: &$0, in: $0.bounds) }
        #expect(drawn == " 8 ms ███████████ 10\n16 ms █████▌       5")
    }

    @Test func timelinesShowWaitingAndHowItEnded() {
        let rows: [TimelineChart.Row] = [
            .init("first", segments: [.init(start: 0, end: 500_000, role: .ok, mark: .cross)]),
            .init(
                "second",
                segments: [
                    .init(start: 500_000, end: 1_000_000, role: .ok, isWaiting: true),
                    .init(start: 1_000_000, end: 2_000_000, role: .ok, mark: .running),
                ]),
        ]
        let drawn = picture(36, 4) { TimelineChart(rows, length: 2_000_000).draw(on: &$0, in: $0.bounds) }
        #expect(drawn == Golden.timeline)
    }

    @Test func aPlaceInAPlotIsAPartOfTheTime() {
        var canvas = Canvas(Size(columns: 40, rows: 8))
        let map = LineChart([], axis: .count, time: Self.time).draw(on: &canvas, in: canvas.bounds)
        #expect(map.fraction(at: Point(column: 0, row: 0)) == nil)
        #expect((map.fraction(at: Point(column: 39, row: 0)) ?? 0) > 0.95)
    }
}

enum Golden {
    static let line = """
        2 s ┤                              ⢀⣀⠤⠔⠒
            │                        ⣀⡠⠤⠒⠊⠉⠁
        1 s ┤                  ⣀⡠⠤⠒⠊⠉
            │            ⣀⡠⠤⠒⠊⠉
            │     ⢀⣀⠤⠔⠒⠊⠉
          0 ┤⣀⠤⠔⠒⠉⠁
            └┴──────────┴─────▲────┴───────────┴
           11:50      11:55      12:00     12:05
        """

    static let asciiLine = """
        2 s +                                ...
            |                         .......
        1 s +                  .......
            |           .......
            |    .......
          0 +....
            ++----------+-----^----+-----------+
           11:50      11:55      12:00     12:05
        """

    static let timeline = """
         first  ▇▇▇▇▇✗
         second       ░░░░░░░▇▇▇▇▇▇▇▇▇▇▇▇●
                0            1 s       2 s

        """
}
