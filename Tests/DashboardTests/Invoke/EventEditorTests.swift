import Testing

@testable import Dashboard

struct EventEditorTests {
    @Test func startsAtTheBeginningOfItsText() {
        let editor = EventEditor("{\n  \"a\": 1\n}")
        #expect(editor.cursor == EventEditor.Place(line: 0, column: 0))
        #expect(editor.lines.count == 3)
        #expect(editor.text == "{\n  \"a\": 1\n}")
    }

    @Test func typingIsUndoneAsOneEdit() {
        var editor = EventEditor("[]")
        editor.moveRight()
        for character in "1, 2" { editor.insert(character) }
        #expect(editor.text == "[1, 2]")
        editor.undo()
        #expect(editor.text == "[]")
        editor.redo()
        #expect(editor.text == "[1, 2]")
    }

    @Test func aNewLineKeepsTheIndent() {
        var editor = EventEditor("  \"a\": 1,")
        editor.moveToLineEnd()
        editor.insertNewline()
        editor.insert("x")
        #expect(editor.text == "  \"a\": 1,\n  x")
    }

    @Test func deletingAtALineStartJoinsTheLines() {
        var editor = EventEditor("ab\ncd")
        editor.move(to: EventEditor.Place(line: 1, column: 0))
        editor.deleteBackward()
        #expect(editor.text == "abcd")
        #expect(editor.cursor == EventEditor.Place(line: 0, column: 2))
        editor.deleteForward()
        #expect(editor.text == "abd")
    }

    @Test func pastedLinesStandWhereTheCursorIs() {
        var editor = EventEditor("<>")
        editor.moveRight()
        editor.paste("1\r\n2\n3")
        #expect(editor.text == "<1\n2\n3>")
        #expect(editor.cursor == EventEditor.Place(line: 2, column: 1))
        editor.undo()
        #expect(editor.text == "<>")
    }

    @Test func keepsTheColumnThroughShorterLines() {
        var editor = EventEditor("abcdef\nx\nabcdef")
        editor.move(to: EventEditor.Place(line: 0, column: 5))
        editor.moveLines(1)
        #expect(editor.cursor == EventEditor.Place(line: 1, column: 1))
        editor.moveLines(1)
        #expect(editor.cursor == EventEditor.Place(line: 2, column: 5))
    }

    @Test func homeGoesToTheTextAndThenToTheEdge() {
        var editor = EventEditor("    value")
        editor.moveToLineEnd()
        editor.moveToLineStart()
        #expect(editor.cursor.column == 4)
        editor.moveToLineStart()
        #expect(editor.cursor.column == 0)
    }

    @Test func refusesMoreThanItsLimit() {
        var editor = EventEditor("a")
        editor.paste(String(repeating: "x", count: EventEditor.byteLimit))
        #expect(editor.isFull)
        #expect(editor.text == "a")
    }

    @Test func nothingToDeleteOrToUndoIsNoError() {
        var editor = EventEditor("")
        editor.deleteBackward()
        editor.deleteForward()
        editor.deleteToLineEnd()
        editor.undo()
        editor.redo()
        editor.moveLines(-9)
        editor.moveLines(9)
        #expect(editor.text.isEmpty)
    }

    @Test(arguments: [
        ("", EventValidity.empty),
        (" \n", .empty),
        ("{\"a\": 1}", .valid(byteCount: 8)),
    ])
    func tellsWhetherAnEventCanBeSent(_ text: String, _ validity: EventValidity) {
        #expect(EventValidity(text) == validity)
        #expect(validity.canBeSent)
    }

    @Test func pointsAtWhatIsNotJSON() {
        guard case .invalid(_, let line, let column) = EventValidity("{\n  \"a\": nope\n}") else {
            Issue.record("taken for JSON")
            return
        }
        #expect(line == 2)
        #expect(column >= 8)
    }
}
