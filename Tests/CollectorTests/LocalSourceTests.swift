import Telemetry
import TelemetryStore
import Testing

@testable import Collector

struct LocalSourceTests {
    private func log(_ lines: Int) -> TelemetryEvent {
        var batch = LogBatch(group: "g", stream: "s", function: "f")
        for _ in 0..<lines { batch.append("0123456789".utf8, at: .now()) }
        return TelemetryEvent(.log(batch))
    }

    private func start() -> TelemetryEvent {
        TelemetryEvent(.invocationStarted(InvocationStart(requestID: RequestID(), function: "f", trigger: "invoke")))
    }

    @Test("When too much waits, lines are lost before invocations, and counted")
    func losses() async {
        let store = TelemetryStore()
        let source = LocalSource(store: store, buffer: 64 * 1024)
        for _ in 0..<1000 { source.emit(log(10)) }
        for _ in 0..<100 { source.emit(start()) }
        source.close()
        await source.run()
        let overview = await store.overview(
            TimeWindow(last: .seconds(600), until: .now() + .seconds(1)), buckets: 1)
        #expect(overview.inFlight == 100)
        let gap = overview.health.gaps.first
        #expect(gap?.reason == "buffer full")
        #expect(gap?.lost["invocationStarted"] == nil)
        #expect((gap?.lost["log"] ?? 0) + overview.health.logLines == 10_000)
        #expect(overview.health.logLines > 0)
    }

    @Test("Invocations that do not fit at all are counted as such")
    func lostInvocations() async {
        let store = TelemetryStore()
        let source = LocalSource(store: store, buffer: 384 * 10)
        for _ in 0..<25 { source.emit(start()) }
        source.close()
        await source.run()
        let gaps = await store.storeHealth().gaps
        #expect(gaps.map(\.lost) == [["invocationStarted": 15]])
    }

    @Test("Waiting for the store ends when nobody brings it anything any more")
    func flushAfterEnd() async {
        let source = LocalSource(store: TelemetryStore())
        let running = Task { await source.run() }
        running.cancel()
        await running.value
        source.emit(start())
        await source.flush()
    }

    @Test("A reader that forgets its stream is forgotten")
    func droppedReader() async {
        let source = LocalSource(store: TelemetryStore())
        source.emit(start())
        do {
            let stream = source.lines(after: 0, epoch: nil)
            #expect(source.subscriberCount == 1)
            var iterator = stream.makeAsyncIterator()
            #expect(await iterator.next() != nil)
        }
        #expect(source.subscriberCount == 0)
    }

    @Test("Readers get head and events, and the end when the source closes")
    func reader() async throws {
        let source = LocalSource(store: TelemetryStore())
        source.emit(start())
        source.emit(log(1))
        var text = ""
        source.close()
        for await piece in source.lines(after: 1, epoch: source.epoch) {
            text += String(decoding: piece, as: UTF8.self)
        }
        let lines = text.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("{\"stream\":") == true)
        #expect(lines.last?.hasPrefix("{\"sequence\":2,") == true)
    }
}
