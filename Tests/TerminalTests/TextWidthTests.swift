import Terminal
import Testing

@Suite struct TextWidthTests {
    struct Case: CustomTestStringConvertible {
        let text: String
        let width: Int
        let drawn: String
        var testDescription: String { drawn }

        init(_ text: String, _ width: Int, _ drawn: String) {
            self.text = text
            self.width = width
            self.drawn = drawn
        }
    }

    @Test(arguments: [
        Case("plain", 5, "plain"),
        Case("a\tb", 5, "a   b"),
        Case("\tb", 5, "    b"),
        Case("日本", 4, "日本"),
        Case("한글", 4, "한글"),
        Case("é", 1, "é"),
        Case("e\u{301}", 1, "e\u{301}"),
        Case("e\u{301}\u{302}\u{303}", 1, "e\u{301}\u{302}"),
        Case("\u{301}x", 1, "x"),
        Case("👨\u{200D}👩\u{200D}👧!", 3, "👨!"),
        Case("👍🏽", 2, "👍"),
        Case("🇩🇪", 2, "DE"),
        Case("❤\u{FE0F}", 1, "❤"),
        Case("1\u{FE0F}\u{20E3}", 1, "1"),
        Case("\u{1B}[31mred", 8, "␛[31mred"),
        Case("a\u{7}b\u{7F}", 4, "a·b·"),
        Case("a\nb", 3, "a⏎b"),
        Case("\u{9B}31m", 4, "\u{FFFD}31m"),
        Case("\u{202E}abc\u{2066}", 5, "\u{FFFD}abc\u{FFFD}"),
        Case("a\u{200B}b\u{FEFF}c", 3, "abc"),
        Case("\u{1FAE8}", 1, "\u{FFFD}"),
        Case("\u{E000}", 1, "\u{FFFD}"),
        Case("⣿█▁─", 4, "⣿█▁─"),
    ])
    func drawsWhatIsSafe(_ example: Case) {
        #expect(Text.width(example.text) == example.width)
        var frame = Frame(Size(columns: 20, rows: 1))
        let used = frame.draw(example.text, at: Point(column: 0, row: 0))
        #expect(used == example.width)
        #expect(frame.text.unicodeScalars.elementsEqual(example.drawn.unicodeScalars))
    }

    @Test(
        arguments: [
            ([0x61, 0xFF, 0x62], "a\u{FFFD}b"),
            ([0xC0, 0x80], "\u{FFFD}\u{FFFD}"),
            ([0xE6, 0x97], "\u{FFFD}\u{FFFD}"),
            ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
            ([0x80], "\u{FFFD}"),
        ] as [([UInt8], String)])
    func bytesThatAreNotUTF8AreReplaced(_ bytes: [UInt8], _ drawn: String) {
        var frame = Frame(Size(columns: 10, rows: 1))
        frame.draw(bytes, at: Point(column: 0, row: 0))
        #expect(frame.text == drawn)
        #expect(Text.width(bytes) == drawn.unicodeScalars.count)
    }

    @Test(arguments: [
        (5, "hello", 5), (4, "hel…", 4), (1, "…", 1), (0, "", 0), (-3, "", 0), (9, "hello", 5),
    ])
    func cutsWithAnEllipsis(_ limit: Int, _ drawn: String, _ used: Int) {
        var frame = Frame(Size(columns: 10, rows: 1))
        let columns = frame.draw("hello", at: Point(column: 0, row: 0), limit: limit, cut: true)
        #expect(columns == used)
        #expect(frame.text == drawn)
        #expect(Text.cut("hello", to: limit) == drawn)
    }

    @Test func cutsBeforeAWideCharacterThatDoesNotFit() {
        var frame = Frame(Size(columns: 10, rows: 1))
        frame.draw("日本語", at: Point(column: 0, row: 0), limit: 4, cut: true)
        #expect(frame.text == "日…")
        frame.fill(frame.bounds, .plain)
        frame.draw("日本語", at: Point(column: 0, row: 0), limit: 5)
        #expect(frame.text == "日本")
    }

    @Test func overwritingHalfAWideCharacterLeavesABlank() {
        var frame = Frame(Size(columns: 6, rows: 1))
        frame.draw("日本", at: Point(column: 0, row: 0))
        frame.draw("x", at: Point(column: 1, row: 0))
        #expect(frame.text == " x本")
        frame.draw("y", at: Point(column: 2, row: 0))
        #expect(frame.text == " xy")
    }

    @Test func clipsAtEveryEdge() {
        var frame = Frame(Size(columns: 3, rows: 2))
        frame.draw("abcdef", at: Point(column: -2, row: 0))
        frame.draw("日本", at: Point(column: -1, row: 1))
        frame.draw("never", at: Point(column: 0, row: 2))
        frame.draw("never", at: Point(column: 0, row: -1))
        frame.draw("never", at: Point(column: 9, row: 0))
        #expect(frame.text == "cde\n 本")
    }

    @Test func anAsciiTerminalGetsAsciiOnly() {
        var canvas = Canvas(Size(columns: 40, rows: 1), glyphs: .ascii)
        canvas.draw("✓ 840 µs · é 日 → ─│┼ ▁█ ⣿…", at: Point(column: 0, row: 0))
        #expect(canvas.frame.text == "+ 840 us . ? ?  > -|+ _# *~")
    }

    @Test func everyGlyphHasATwinThatIsNotAQuestion() {
        for glyph in Glyph.allCases where glyph != .choice {
            #expect(Glyphs.ascii[glyph].isASCII)
            #expect(Glyphs.ascii[glyph] != "?", "\(glyph)")
            #expect(Text.width(String(Character(glyph.scalar))) == 1, "\(glyph)")
        }
    }

    @Test(arguments: [(8, "abcdef"), (6, "abcdef"), (5, "abcd…"), (4, "abc…"), (3, "ab…"), (1, "…"), (0, "")])
    func styledTextIsCutOverItsRuns(_ limit: Int, _ drawn: String) {
        var canvas = Canvas(Size(columns: 10, rows: 1))
        canvas.draw(
            StyledText("abc", .ok) + StyledText("def", .error), at: Point(column: 0, row: 0), limit: limit)
        #expect(canvas.frame.text == drawn)
    }
}
