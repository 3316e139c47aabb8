import Telemetry
import TelemetryStore
import Testing

@testable import Dashboard

/// A store of numbered lines; every tenth is an error.
struct NumberedLines {
    var count: UInt64

    func page(_ query: LogQuery) -> LogPage {
        let isErrors = query.filter != LogFilter()
        let all = (1...count).filter { !isErrors || $0 % 10 == 0 }
        let chosen: [UInt64] =
            switch query.anchor {
            case .newest: all.suffix(query.limit)
            case .oldest: Array(all.prefix(query.limit))
            case .before(let id): Array(all.filter { $0 < id }.suffix(query.limit))
            case .after(let id): Array(all.filter { $0 > id }.prefix(query.limit))
            case .around(let id):
                all.filter { $0 < id }.suffix(query.limit / 2) + all.filter { $0 >= id }.prefix(query.limit / 2)
            }
        var page = LogPage()
        page.lines = chosen.map(line)
        page.hasBefore = (chosen.first ?? 0) > (all.first ?? 0)
        page.hasAfter = (chosen.last ?? .max) < (all.last ?? 0)
        return page
    }

    func line(_ id: UInt64) -> LogLine {
        LogLine(
            id: id, time: Timestamp(milliseconds: Int64(id)), level: id % 10 == 0 ? .error : .info,
            group: "/aws/lambda/f", stream: "s", function: "f", requestID: RequestID(high: 1, low: id % 3),
            message: Array("line \(id)".utf8))
    }
}

struct LogListTests {
    @Test func followsTheNewestLine() {
        var list = LogList()
        settle(&list, NumberedLines(count: 5000))
        #expect(list.selectedLine?.id == 5000)
        settle(&list, NumberedLines(count: 5100))
        #expect(list.selectedLine?.id == 5100)
        #expect(list.isFollowing)
    }

    @Test func leavingTheBottomStaysAtTheLine() {
        var list = LogList()
        settle(&list, NumberedLines(count: 5000))
        list.move(by: -3)
        settle(&list, NumberedLines(count: 6000))
        #expect(list.selectedLine?.id == 4997)
        #expect(!list.isFollowing)
        list.follow(true)
        settle(&list, NumberedLines(count: 6000))
        #expect(list.selectedLine?.id == 6000)
    }

    @Test func scrollsThroughTheWholeStorePageByPage() {
        let store = NumberedLines(count: 20_000)
        var list = LogList()
        settle(&list, store)
        var seen: UInt64 = 20_000
        while seen > 1 {
            list.move(by: -20)
            settle(&list, store)
            guard let id = list.selectedLine?.id, id < seen else { break }
            #expect(id == max(seen.subtractingReportingOverflow(20).overflow ? 1 : seen - min(20, seen - 1), 1))
            seen = id
        }
        #expect(seen == 1)
        #expect(list.tape.lines.count <= LogTape.lineLimit)
        while let id = list.selectedLine?.id, id < 20_000, !list.isFollowing {
            list.move(by: 100)
            settle(&list, store)
        }
        #expect(list.selectedLine?.id == 20_000)
    }

    @Test func goesToTheOldestLineAndBack() {
        let store = NumberedLines(count: 9000)
        var list = LogList()
        settle(&list, store)
        list.moveToOldest()
        settle(&list, store)
        #expect(list.selectedLine?.id == 1)
        #expect(list.top == 0)
        list.move(by: 1)
        #expect(list.selectedLine?.id == 2)
    }

    @Test func findsErrorsInHandAndFarAway() {
        let store = NumberedLines(count: 3000)
        var list = LogList()
        settle(&list, store)
        list.hunt(.older, for: .error)
        #expect(list.selectedLine?.id == 2990)
        list.hunt(.older, for: .error)
        #expect(list.selectedLine?.id == 2980)
        list.hunt(.newer, for: .error)
        #expect(list.selectedLine?.id == 2990)
    }

    @Test func groupsInterleavedLinesByInvocation() {
        var list = LogList()
        settle(&list, NumberedLines(count: 9))
        list.change { $0.isGrouped = true }
        let shape = list.rows.map { row -> String in
            if case .group(let group) = row { "group of \(group.lineCount)" } else { "\(list.line(row)?.id ?? 0)" }
        }
        #expect(
            shape == [
                "group of 3", "1", "4", "7", "group of 3", "2", "5", "8", "group of 3", "3", "6", "9",
            ])
    }

    @Test func anEmptyListTakesEveryKey() {
        var list = LogList()
        list.move(by: 5)
        list.move(by: -5)
        list.scroll(by: 3)
        list.scroll(by: -3)
        list.moveToOldest()
        list.hunt(.newer, for: .error)
        list.hunt(.older, for: .match)
        list.select(row: 7)
        list.resize(height: 0, heights: [])
        #expect(list.selectedLine == nil)
    }

    @Test func wrappedLinesKeepTheCursorOnTheScreen() {
        var list = LogList()
        settle(&list, NumberedLines(count: 100))
        list.resize(height: 10, heights: Array(repeating: 3, count: 100))
        #expect(list.top == 97)
        list.move(by: -5)
        #expect(list.cursor == 94)
        #expect(list.top == 94)
    }

    /// Answers until nothing more is asked for.
    private func settle(_ list: inout LogList, _ store: NumberedLines) {
        for _ in 0..<8 {
            guard let query = list.query(hasNews: false) else { return }
            _ = list.take(store.page(query), for: query)
            if list.isFollowing { return }
        }
    }
}
