import JSON
import Synchronization
import Telemetry
import TelemetryStore
import Testing

@testable import Collector

/// Answers each opening with the next script; behind the last one it never answers.
private final class ScriptedStreams: EventStreamOpening {
    struct Script: Sendable {
        var lines: [String]
        var staysOpen = false
    }

    private let scripts: Mutex<[Script]>
    let opened = Mutex<[UInt64]>([])

    /// Ends when all scripts have been read.
    let read: AsyncStream<Void>
    private let isRead: AsyncStream<Void>.Continuation

    init(_ scripts: [Script]) {
        self.scripts = Mutex(scripts)
        (read, isRead) = AsyncStream<Void>.makeStream()
    }

    func open(after sequence: UInt64, epoch: String?) -> AsyncThrowingStream<[UInt8], any Error> {
        opened.withLock { $0.append(sequence) }
        let next = scripts.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        if next == nil { isRead.finish() }
        let script = next ?? Script(lines: [], staysOpen: true)
        return AsyncThrowingStream { continuation in
            // In pieces that break in the middle of lines.
            let bytes = Array(script.lines.map { $0 + "\n" }.joined().utf8)
            for start in stride(from: 0, to: bytes.count, by: 37) {
                continuation.yield(Array(bytes[start..<min(start + 37, bytes.count)]))
            }
            if !script.staysOpen { continuation.finish() }
        }
    }
}

/// Never waits.
private struct NoClock: Clock {
    struct Instant: InstantProtocol {
        func advanced(by duration: Duration) -> Instant { self }
        func duration(to other: Instant) -> Duration { .zero }
        static func < (left: Instant, right: Instant) -> Bool { false }
    }

    var now: Instant { Instant() }
    var minimumResolution: Duration { .zero }
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        await Task.yield()
    }
}

struct AttachedSourceTests {
    private func head(_ epoch: String = "e1", first: UInt64 = 1, next: UInt64) -> String {
        EventStreamHead(epoch: epoch, first: first, next: next).json.text
    }

    private func start(_ sequence: UInt64) -> String {
        let start = InvocationStart(requestID: RequestID(high: 1, low: sequence), function: "f", trigger: "")
        return TelemetryEvent(.invocationStarted(start), sequence: sequence).json.text
    }

    /// Reads all scripts; the last one says by its head when all is there.
    private func read(_ scripts: [ScriptedStreams.Script]) async -> (overview: Overview, opened: [UInt64]) {
        let store = TelemetryStore()
        let streams = ScriptedStreams(scripts)
        let source = AttachedSource(name: "far", store: store, opening: streams)
        let running = Task { await source.run(clock: NoClock()) }
        let window = TimeWindow(last: .seconds(600), until: .now() + .seconds(60))
        for await _ in streams.read {}
        running.cancel()
        await running.value
        return (await store.overview(window, buckets: 1), streams.opened.withLock { Array($0.prefix(scripts.count)) })
    }

    @Test("After an interruption it goes on where it was, and nothing counts twice")
    func reconnect() async {
        let (overview, opened) = await read([
            .init(lines: [head(next: 3), start(1), start(2)]),
            .init(lines: [head(next: 5), start(2), start(3), start(4)]),
        ])
        #expect(overview.inFlight == 4)
        #expect(opened == [0, 2])
        #expect(overview.health.gaps.allSatisfy { $0.lost.isEmpty })
    }

    @Test("What the source does not have any more is a gap with its count")
    func lostEvents() async {
        let (overview, _) = await read([
            .init(lines: [head(next: 2), start(1)]),
            .init(lines: [head(first: 12, next: 13), start(12)]),
        ])
        #expect(overview.inFlight == 2)
        #expect(overview.health.gaps.map(\.lost).contains(["event": 10]))
    }

    @Test("A hole in the stream is a gap")
    func hole() async {
        let (overview, _) = await read([.init(lines: [head(next: 9), start(1), start(8)])])
        #expect(overview.health.gaps.filter { $0.reason == "too slow" }.map(\.lost) == [["event": 6]])
    }

    @Test("After a restart the count begins anew, and the gap says so")
    func restart() async {
        let (overview, _) = await read([
            .init(lines: [head(next: 3), start(1), start(2)]),
            .init(lines: [head("e2", next: 2), start(1)]),
        ])
        #expect(overview.inFlight == 3)
        #expect(overview.health.gaps.contains { $0.reason == "the runtime was restarted" })
    }

    @Test("What cannot be read is counted once, what is only unknown not at all")
    func unreadable() async {
        let (overview, _) = await read([
            .init(lines: [
                head(next: 6), start(1), "not JSON", #"{"sequence":3,"time":1,"later":{}}"#,
                #"{"sequence":4,"time":1,"log":{}}"#, start(5),
            ])
        ])
        let lost = overview.health.gaps.filter { $0.reason != "disconnected" }
        #expect(overview.inFlight == 2)
        #expect(lost.allSatisfy { $0.reason == "not readable" })
        #expect(lost.reduce(0) { $0 + ($1.lost["event"] ?? 0) } == 2)
    }

    @Test("Waiting for the present ends with the source, and with the waiting task")
    func caughtUpEnds() async {
        let source = AttachedSource(name: "far", store: TelemetryStore(), opening: ScriptedStreams([]))
        let impatient = Task { await source.caughtUp() }
        impatient.cancel()
        await impatient.value
        let running = Task { await source.run(clock: NoClock()) }
        let waiting = Task { await source.caughtUp() }
        running.cancel()
        await running.value
        await waiting.value
    }
}
