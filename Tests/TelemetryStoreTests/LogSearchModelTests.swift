import Telemetry
import Testing

@testable import TelemetryStore

/// The store against the plainest search there is: every line, one after another.
struct LogSearchModelTests {
    private static let start: Int64 = 1_767_225_600_000_000
    private static let words = [
        "ERROR", "WARN", "INFO", "timeout", "order", "needle", "{\"level\":50}", String(repeating: "x", count: 99),
    ]

    struct Sample {
        var store = TelemetryStore(logCap: 1 << 30)
        var lines: [(id: UInt64, time: Timestamp, stream: String, message: [UInt8])] = []
    }

    private func sample(_ seed: UInt64, count: Int) async -> Sample {
        var numbers = SeededNumbers(seed)
        var sample = Sample()
        while sample.lines.count < count {
            let stream = "s\(Int.random(in: 0..<3, using: &numbers))"
            var batch = LogBatch(group: "g", stream: stream, function: "f-\(stream)")
            for _ in 0..<Int.random(in: 1...200, using: &numbers) {
                let text = (0..<Int.random(in: 0...12, using: &numbers))
                    .map { _ in Self.words.randomElement(using: &numbers) ?? "" }.joined(separator: " ")
                let time = Timestamp(
                    microseconds: Self.start + Int64(sample.lines.count) * 1000
                        + Int64.random(in: 0..<3_000_000, using: &numbers))
                batch.append(text.utf8, at: time)
                sample.lines.append((UInt64(sample.lines.count + 1), time, stream, Array(text.utf8)))
            }
            await sample.store.ingest([TelemetryEvent(.log(batch), at: Timestamp(microseconds: Self.start))])
        }
        return sample
    }

    private func model(_ sample: Sample, _ filter: LogFilter, _ window: TimeWindow?) -> [UInt64] {
        sample.lines.filter { line in
            var batch = LogBatch(group: "g", stream: line.stream)
            batch.append(line.message, at: line.time)
            var chunk = LogChunk(number: 0, firstID: 1)
            _ = chunk.take(batch, from: 0, stream: 0)
            let facts = LineFacts(
                time: line.time, level: LogLevel(rawValue: chunk.levels[0]) ?? .none, function: "f-\(line.stream)",
                group: "g", stream: line.stream)
            return window?.contains(line.time) ?? true && filter.matches(line.message, facts)
        }
        .map(\.id)
    }

    @Test("Pages, volume and time order have what a plain search finds", arguments: [1, 2] as [UInt64])
    func model(seed: UInt64) async throws {
        let sample = await sample(seed, count: 15_000)
        let middle = Timestamp(microseconds: Self.start + 10_000_000)
        let windows: [TimeWindow?] = [nil, TimeWindow(start: middle, end: middle + .seconds(5))]
        for text in ["", "needle", "/need.e/ fn:f-s1", "level>=error -timeout", "stream:s0 OR warn"] {
            let filter = try LogFilter(parsing: text)
            for window in windows {
                let expected = model(sample, filter, window)
                #expect(await all(sample.store, filter, window, .oldest) == expected)
                #expect(await all(sample.store, filter, window, .newest) == expected)
            }
            let whole = TimeWindow(start: Timestamp(microseconds: 0), end: middle + .seconds(3600))
            let matching = model(sample, filter, whole)
            for _ in 0..<2 {
                let volume = await sample.store.volume(filter, in: whole, buckets: 7)
                #expect(volume.matching == matching.count)
                #expect(volume.buckets.reduce(0) { $0 + $1.errors + $1.warnings + $1.others } == matching.count)
            }
            let (first, hasMore) = await sample.store.logSnapshot()
                .events(
                    filter, in: whole, from: .oldest(after: nil), limit: 50,
                    reach: { $0.group == "g" ? LogReach() : nil })
            let byTime = matching.map { sample.lines[Int($0) - 1] }.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
            #expect(first.map(\.id) == byTime.prefix(50).map(\.id))
            #expect(hasMore == (matching.count > 50))
        }
    }

    /// All matching ids, page by page.
    private func all(
        _ store: TelemetryStore, _ filter: LogFilter, _ window: TimeWindow?, _ anchor: LogQuery.Anchor
    ) async -> [UInt64] {
        var ids: [UInt64] = []
        var query = LogQuery(filter: filter, window: window, anchor: anchor, limit: 997)
        while true {
            let page = await store.logs(query)
            let found = page.lines.map(\.id)
            ids = anchor == .oldest ? ids + found : found + ids
            guard let last = anchor == .oldest ? found.last : found.first else { return ids }
            query.anchor = anchor == .oldest ? .after(last) : .before(last)
        }
    }

    @Test("Context lines are the neighbours in the same stream")
    func context() async throws {
        let store = TelemetryStore()
        for number in 0..<20 {
            var batch = LogBatch(group: "g", stream: number % 2 == 0 ? "even" : "odd")
            batch.append("line \(number) \(number == 10 ? "needle" : "")".utf8, at: Timestamp(microseconds: Self.start))
            await store.ingest([TelemetryEvent(.log(batch))])
        }
        let filter = try LogFilter(parsing: "needle")
        for anchor in [LogQuery.Anchor.newest, .oldest, .around(11)] {
            let page = await store.logs(LogQuery(filter: filter, anchor: anchor, context: 2))
            #expect(page.lines.map(\.id) == [7, 9, 11, 13, 15])
            #expect(page.contextIDs == [7, 9, 13, 15])
        }
    }
}
