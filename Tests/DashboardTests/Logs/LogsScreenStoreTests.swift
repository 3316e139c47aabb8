import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

/// The screen on a real store.
struct LogsScreenStoreTests {
    @Test func pagesThroughTheStoreAndFindsWhatIsFarAway() async {
        let store = TelemetryStore()
        await store.ingest(Self.events(0..<30_000))
        var screen = LogsScreen()
        await settle(&screen, store)
        #expect(screen.list.selectedLine?.messageText == "line 29999")
        for _ in 0..<200 {
            _ = screen.run(.pageUp)
            await settle(&screen, store)
        }
        let above = 29_999 - 200 * (screen.layout.lines.rows - 1)
        #expect(screen.list.selectedLine?.messageText == "line \(above)")
        _ = screen.run(.oldest)
        await settle(&screen, store)
        #expect(screen.list.selectedLine?.messageText == "line 0")
        _ = screen.run(.nextError)
        await settle(&screen, store)
        #expect(screen.list.selectedLine?.messageText == "ERROR at 17000")
        await store.ingest(Self.events(30_000..<30_214))
        await settle(&screen, store)
        #expect(screen.newCount == 214)
        #expect(screen.list.selectedLine?.messageText == "ERROR at 17000")
        _ = screen.run(.newest)
        await settle(&screen, store)
        #expect(screen.list.selectedLine?.messageText == "line 30213")
    }

    @Test func aFilterThatIsTypedKeepsThePlace() async {
        let store = TelemetryStore()
        await store.ingest(Self.events(0..<5000))
        var screen = LogsScreen()
        await settle(&screen, store)
        for _ in 0..<40 {
            _ = screen.run(.pageUp)
            await settle(&screen, store)
        }
        let place = screen.list.selectedLine?.id ?? 0
        screen.filterBar.set("line")
        screen.applyFilter()
        await settle(&screen, store)
        #expect(screen.list.selectedLine?.id == place)
        screen.filterBar.set("\"no such thing\"")
        screen.applyFilter()
        await settle(&screen, store)
        #expect(screen.list.rows.isEmpty)
        #expect(screen.volume?.matching == 0)
    }

    private func settle(_ screen: inout LogsScreen, _ store: TelemetryStore) async {
        for _ in 0..<8 {
            screen.lay(out: Rect(Size(columns: 100, rows: 30)))
            let before = screen.requests
            for request in before {
                switch request {
                case .logs(let query): _ = screen.take(.logs(await store.logs(query)), for: request)
                case .volume(let filter, let buckets):
                    let window = TimeWindow(last: .seconds(900), until: LogSample.now)
                    _ = screen.take(.volume(await store.volume(filter, in: window, buckets: buckets)), for: request)
                default: break
                }
            }
            if screen.requests == before { break }
        }
        screen.lay(out: Rect(Size(columns: 100, rows: 30)))
    }

    private static func events(_ numbers: Range<Int>) -> [TelemetryEvent] {
        var batch = LogBatch(group: "/aws/lambda/f", stream: "s", function: "f")
        for number in numbers {
            let text = number == 17_000 ? "ERROR at 17000" : "line \(number)"
            let time = LogSample.now - .seconds(600) + .milliseconds(Int64(number) * 10)
            batch.append(Array(text.utf8), at: time, requestID: RequestID(high: 1, low: UInt64(number / 10)))
        }
        return [TelemetryEvent(.log(batch), at: LogSample.now)]
    }
}
