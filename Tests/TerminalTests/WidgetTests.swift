import Terminal
import Testing

@Suite struct WidgetTests {
    private func picture(_ columns: Int, _ rows: Int, _ glyphs: Glyphs = .unicode, _ draw: (inout Canvas) -> Void)
        -> String
    {
        var canvas = Canvas(Size(columns: columns, rows: rows), glyphs: glyphs)
        draw(&canvas)
        return canvas.frame.text
    }

    @Test func panesThatTouchShareABorder() {
        let drawn = picture(30, 5) { canvas in
            let parts = canvas.bounds.splitColumns(.share(), .share(), gap: -1)
            Pane("left", note: "2 of 9").draw(on: &canvas, in: parts[0])
            Pane("right").draw(on: &canvas, in: parts[1])
        }
        #expect(
            drawn == """
                ╭─ left ──────┬─ right ──────╮
                │             │              │
                │             │              │
                │             │              │
                ╰─────────────┴──────────────╯
                """)
    }

    @Test func asciiPanesHaveANoteWhenThereIsRoom() {
        let drawn = picture(30, 3, .ascii) { Pane("Functions", note: "7 shown").draw(on: &$0, in: $0.bounds) }
        #expect(
            drawn == """
                +- Functions ------ 7 shown -+
                |                            |
                +----------------------------+
                """)
    }

    static let columns = [
        TableColumn("NAME", minimum: 6, isFlexible: true),
        TableColumn("ERR", .right, minimum: 5, dropOrder: 1),
        TableColumn("P95", .right, minimum: 6),
        TableColumn("INIT", .right, minimum: 6, dropOrder: 2),
    ]

    private func table(_ columns: Int, _ rows: Int, cursor: ListCursor, count: Int = 3) -> (String, TableMap) {
        let table = Table(
            Self.columns, rowCount: count, cursor: cursor, sort: Table.Sort(column: 2, isDescending: true))
        var canvas = Canvas(Size(columns: columns, rows: rows))
        let map = table.draw(on: &canvas, in: canvas.bounds) { row, column in
            .text(["process-payment", "4.2 %", "\(row) ms", "·"][column])
        }
        return (canvas.frame.text, map)
    }

    @Test func tablesAlignAndMarkTheSortAndTheSelection() {
        let (drawn, map) = table(46, 4, cursor: ListCursor(index: 1))
        #expect(
            drawn == """
                 NAME                      ERR     P95▼   INIT
                 process-payment         4.2 %    0 ms       ·
                ▌process-payment         4.2 %    1 ms       ·
                 process-payment         4.2 %    2 ms       ·
                """)
        #expect(map.row(at: Point(column: 3, row: 3)) == 2)
        #expect(map.row(at: Point(column: 3, row: 0)) == nil)
        #expect(map.header(at: Point(column: 35, row: 0)) == 2)
    }

    @Test func narrowTablesDropColumnsByTheirOrder() {
        let (drawn, map) = table(18, 3, cursor: ListCursor(index: 2), count: 40)
        #expect(map.columns.map(\.index) == [0, 2])
        #expect(
            drawn == """
                 NAME         P95▼
                 process…    1 ms█
                ▌process…    2 ms│
                """)
    }

    @Test(
        arguments: [
            (100, 10, 0, 50, 41), (100, 10, 45, 50, 45), (100, 10, 60, 50, 50), (5, 10, 3, 4, 0), (0, 10, 3, nil, 0),
            (100, 0, 3, 50, 3), (100, 10, .max, nil, 90), (100, 10, .min, nil, 0),
        ] as [(Int, Int, Int, Int?, Int)])
    func windowsShowTheSelection(_ count: Int, _ visible: Int, _ first: Int, _ row: Int?, _ shown: Int) {
        #expect(ScrollWindow(first: first, visible: visible, count: count, showing: row).first == shown)
    }

    @Test func extentsShareWhatIsLeft() {
        let rect = Rect(column: 0, row: 0, columns: 80, rows: 24)
        #expect(rect.splitRows(.fixed(2), .share(), .share(2), .fixed(1)).map(\.rows) == [2, 7, 14, 1])
        #expect(rect.splitRows(.share(1, atLeast: 20), .share(1)).map(\.rows) == [20, 4])
        #expect(rect.splitRows(.fixed(20), .share(1, atLeast: 5), .fixed(3)).map(\.rows) == [20, 1, 3])
        #expect(rect.splitColumns(.fixed(100), .share()).map(\.columns) == [80, 0])
    }

    @Test func theFooterLeavesOutWhatDoesNotFit() {
        let hints = [("⏎", "open"), ("l", "a long title"), ("q", "quit")]
            .map { KeyHint(key: .enter, name: $0.0, title: $0.1) }
        #expect(picture(18, 1) { Footer(hints).draw(on: &$0, in: $0.bounds) } == " ⏎ open  q quit")
    }

    @Test func theFooterKeepsWhatLasts() {
        var hints = [("⏎", "open"), ("l", "logs"), ("x", "more"), ("?", "help")]
            .map { KeyHint(key: .enter, name: $0.0, title: $0.1) }
        hints[3].isLasting = true
        #expect(picture(24, 1) { Footer(hints).draw(on: &$0, in: $0.bounds) } == " ⏎ open  l logs  ? help")
    }

    @Test func thePaneInFocusIsSeenWithoutColours() {
        let drawn = picture(14, 2, .ascii) { canvas in
            canvas.hasColors = false
            Pane("log", isFocused: true).draw(on: &canvas, in: canvas.bounds)
        }
        #expect(drawn == "+-[log]------+\n+------------+")
    }

    @Test func aNoteIsShownInWholeParts() {
        let note = StyledText("3 running") + StyledText("  12 failed")
        let drawn = picture(22, 2) { Pane("x", note: note).draw(on: &$0, in: $0.bounds) }
        #expect(drawn == "╭─ x ──── 3 running ─╮\n╰────────────────────╯")
    }

    @Test func popupsCoverWhatIsBehindThem() {
        let drawn = picture(12, 5) { canvas in
            canvas.fill(canvas.bounds, .plain, with: "x")
            Popup("Hi", size: Size(columns: 10, rows: 3)).draw(on: &canvas, in: canvas.bounds) {
                $0.draw("contents that are long", at: $1.origin)
            }
        }
        #expect(
            drawn == """
                xxxxxxxxxxxx
                x╭─ Hi ───╮x
                x│content…│x
                x╰────────╯x
                xxxxxxxxxxxx
                """)
    }
}
