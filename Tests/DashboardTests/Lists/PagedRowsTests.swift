import Terminal
import Testing

@testable import Dashboard

struct PagedRowsTests {
    private struct Row: ListedRow, Hashable {
        var rowID: Int
    }

    private enum Command: MovingCommand {
        case up, down, pageUp, pageDown, first, last
    }

    private func list(_ ids: Range<Int>, of matching: Int? = nil, followsFirst: Bool = true) -> PagedRows<Row> {
        var list = PagedRows<Row>(followsFirst: followsFirst)
        list.lay(out: 5)
        list.take(ids.map(Row.init), matching: matching)
        return list
    }

    @Test func theSelectionStaysOnItsRowAndAtTheTopOnTheNewest() {
        var list = list(0..<10)
        list.take((-1..<10).map(Row.init))
        #expect(list.selected == -1)
        list.move(by: 3)
        #expect(list.selected == 2)
        list.take((-5..<10).map(Row.init))
        #expect(list.selected == 2 && list.cursor.index == 7)
        list.take((3..<10).map(Row.init))
        #expect(list.selected == 3, "its row is gone")
        var chosen = self.list(0..<10, followsFirst: false)
        chosen.select(0)
        chosen.take((-1..<10).map(Row.init))
        #expect(chosen.selected == 0)
    }

    @Test func leavingAPageAtItsEndLeadsToTheNext() {
        var list = list(0..<200, of: 450)
        #expect(list.pageNote == [Run("1 to 200 of 450  ", .dim)])
        list.move(Command.last, page: 5)
        #expect(list.cursor.index == 199 && list.offset == 0)
        list.move(Command.down, page: 5)
        #expect(list.offset == 200)
        list.take((200..<400).map(Row.init), matching: 450)
        #expect(list.selected == 200)
        list.move(Command.up, page: 5)
        #expect(list.offset == 0)
        list.take((0..<200).map(Row.init), matching: 450)
        list.move(Command.last, page: 5)
        list.move(Command.pageDown, page: 5)
        list.move(Command.first, page: 5)
        #expect(list.offset == 0)
    }

    @Test func itGoesAroundWhereSomethingIsTrue() {
        var list = list(0..<10)
        let isWanted = { (row: Row) in row.rowID == 3 || row.rowID == 7 }
        let found = (0..<3).map { _ in list.goToNext(forward: true, where: isWanted) ? list.selected : nil }
        #expect(found == [3, 7, 3])
        #expect(list.goToNext(forward: false, where: isWanted) && list.selected == 7)
        #expect(!list.goToNext(forward: true) { $0.rowID > 99 } && list.selected == 7)
        #expect(list.goToNext(forward: true, isInside: false, where: isWanted) && list.selected == 3)
    }

    @Test func aFilterTakesKeysOnlyWhileItIsTyped() {
        var filter = FilterField(placeholder: "name")
        #expect(filter.press(.character("a")) == nil && filter.isEmpty && filter.note.isEmpty)
        filter.isOpen = true
        #expect(filter.press(.character("a")) == .changed)
        #expect(filter.press(.down) == .moved(1))
        #expect(filter.paste("b c") && filter.text == "ab c")
        #expect(filter.press(.enter) == .closed && filter.note == " /ab c")
        #expect(!filter.paste("d") && filter.press(.character("d")) == nil)
        filter.isOpen = true
        #expect(filter.press(.escape) == .cleared && filter.isEmpty && !filter.isOpen)
    }
}
