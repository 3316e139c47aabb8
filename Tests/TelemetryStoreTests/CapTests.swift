import Telemetry
import Testing

@testable import TelemetryStore

struct CapTests {
    private let start = Timestamp(microseconds: 1_767_225_600_000_000)

    private func batch(_ stream: String, lines: Int, bytes: Int) -> LogBatch {
        var batch = LogBatch(group: "g", stream: stream)
        for _ in 0..<lines { batch.append(Array(repeating: 0x78, count: bytes), at: start) }
        return batch
    }

    @Test("The log stays under its cap, and says what left")
    func logCap() {
        var archive = LogArchive(cap: 4 << 20)
        for _ in 0..<200 { archive.take(batch("s", lines: 1000, bytes: 100)) }
        #expect(archive.bytes <= archive.cap + 2 * LogChunk.capacity)
        #expect(archive.lines + archive.evictedLines == 200_000)
        #expect(archive.lines == archive.snapshot.lineCount)
        #expect(archive.evictedLines > 0)
        #expect(archive.streamFacts[0].lines == archive.lines)
        #expect(archive.streamFacts[0].bytes == archive.lines * 100)
    }

    @Test("Streams whose lines have left make room for others")
    func streams() {
        var archive = LogArchive(cap: 1, streamsKept: 4)
        for number in 0..<100 { archive.take(batch("s\(number)", lines: 10, bytes: 100_000)) }
        #expect(archive.streams.count < 20)
        let page = archive.snapshot
        #expect(page.streams[Int(page.chunks.last?.streams.last ?? 0)].stream == "s99")
        #expect(archive.streamFacts.reduce(0) { $0 + $1.lines } == archive.lines)
    }

    @Test("A line that is too long is cut and says so")
    func longLine() {
        var archive = LogArchive(cap: 1)
        archive.take(batch("s", lines: 1, bytes: LogChunk.longestLine + 5))
        let line = archive.snapshot.line(1)
        #expect(line.map { String(decoding: $0.message.suffix(20), as: UTF8.self).hasSuffix("… 5 more bytes") } == true)
    }

    @Test("Payloads stay under their cap, also when events leave before their responses come", arguments: [1, 2, 3])
    func payloads(seed: Int) {
        var numbers = SeededNumbers(UInt64(seed))
        var archive = InvocationArchive(capacity: 50, payloadCap: 5000)
        var running: [RequestID] = []
        for _ in 0..<2000 {
            let payload = Payload(Array(repeating: 1, count: Int.random(in: 0...400, using: &numbers)))
            if Bool.random(using: &numbers) || running.isEmpty {
                let id = RequestID(high: numbers.next(), low: 0)
                archive.started(InvocationStart(requestID: id, function: "f", trigger: "", event: payload), at: start)
                running.append(id)
            } else {
                let id = running.remove(at: Int.random(in: 0..<running.count, using: &numbers))
                let end = InvocationEnd(
                    requestID: id, function: "f", status: .success, duration: .zero, response: payload)
                archive.finished(end, at: start)
            }
            let window = TimeWindow(start: start - .seconds(1), end: start + .seconds(1))
            let kept = archive.select(InvocationQuery(window: window)).reduce(0) {
                $0 + $1.start.event.bytes.count + ($1.end?.response.bytes.count ?? 0)
            }
            #expect(kept == archive.payloadBytes)
            #expect(kept <= 5000)
        }
    }

    @Test("A time far ahead does not push the metrics out")
    func farFuture() async {
        let store = TelemetryStore()
        let now = Timestamp.now()
        func end(_ time: Timestamp) -> TelemetryEvent {
            TelemetryEvent(
                .invocationFinished(
                    InvocationEnd(requestID: RequestID(), function: "f", status: .success, duration: .seconds(1))),
                at: time)
        }
        await store.ingest([end(now), end(now + .seconds(400_000_000)), end(Timestamp(microseconds: .max))])
        let overview = await store.overview(TimeWindow(start: now - .seconds(60), end: now + .seconds(600)), buckets: 3)
        #expect(overview.invocations == 3)
    }

    @Test("Windows without bounds are answered")
    func endlessWindow() async {
        let store = TelemetryStore()
        await store.ingest([
            TelemetryEvent(
                .invocationFinished(
                    InvocationEnd(requestID: RequestID(), function: "f", status: .error, duration: .zero)), at: start)
        ])
        let window = TimeWindow(start: Timestamp(microseconds: .min), end: Timestamp(microseconds: .max))
        #expect(await store.overview(window, buckets: 5).errors == 1)
        #expect(await store.function("f", in: window, buckets: 5)?.summary.errors == 1)
    }
}
