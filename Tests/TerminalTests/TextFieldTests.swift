import Terminal
import Testing

@Suite struct TextFieldTests {
    @Test(
        arguments: [
            ([.left, .left, .character("x")], "one txwo"),
            ([.home, .delete], "ne two"),
            ([.control("a"), .right, .backspace], "ne two"),
            ([.control("w")], "one "),
            ([.control("w"), .control("w"), .control("w")], ""),
            ([.alt("b"), .control("k")], "one "),
            ([.alt("b"), .control("u")], "two"),
            ([.home, .alt("f"), .character("s")], "ones two"),
            ([.controlLeft, .controlLeft, .alt("d")], " two"),
            ([.delete, .right, .end], "one two"),
        ] as [([Key], String)])
    func edits(_ keys: [Key], _ text: String) {
        var field = TextField("one two")
        for key in keys { field.press(key) }
        #expect(field.text == text)
    }

    @Test func aKeyItDoesNotKnowIsLeftToOthers() {
        var field = TextField("x")
        let isHandled = field.press(.function(5))
        #expect(!isHandled)
    }

    @Test func theCursorMovesByWhatIsSeenAsOneCharacter() {
        var field = TextField("👨\u{200D}👩\u{200D}👧e\u{301}")
        field.press(.backspace)
        #expect(field.text == "👨\u{200D}👩\u{200D}👧")
        field.press(.backspace)
        #expect(field.isEmpty)
    }

    @Test func pastedTextIsOneLineAndCapped() {
        var field = TextField()
        field.paste("a\nb\tc\r\nd")
        #expect(field.text == "a b c d")
        field.paste(String(repeating: "x", count: 10_000))
        #expect(field.text.count == TextField.maximumCount)
    }

    @Test func scrollsToTheCursor() {
        var canvas = Canvas(Size(columns: 5, rows: 1))
        TextField("abcdefgh").draw(on: &canvas, in: canvas.bounds)
        #expect(canvas.frame.text == "efgh")
        #expect(canvas.frame.cursor == Point(column: 4, row: 0))
    }
}
