import Glibc
import Telemetry
import TelemetryStore

/// What taking, keeping and searching log lines costs.
enum LogBench {
    static func rows(path: String, lines: Int) async throws -> [Row] {
        let store = TelemetryStore(logCap: .max / 2)
        var corpus = try Corpus(path: path)
        defer { corpus.close() }
        let before = residentBytes()
        var taken = Duration.zero
        var count = 0
        while count < lines {
            let events = [TelemetryEvent(.log(try corpus.next()))]
            taken += await ContinuousClock().measure { await store.ingest(events) }
            count += Corpus.batchSize
        }
        let grown = Double(residentBytes() - before)
        return [
            Row(name: "ingest", value: Double(count) / (taken / .seconds(1))),
            Row(name: "memory-ratio", value: grown / Double(corpus.bytes)),
            Row(name: "filter", value: try await speed(store, bytes: corpus.bytes)),
            Row(name: "filter-first", value: try await first(store)),
        ]
    }

    /// Gigabytes a second of a search through everything, the best of three.
    private static func speed(_ store: TelemetryStore, bytes: Int) async throws -> Double {
        let filter = try LogFilter(parsing: "\"\(Corpus.rare)\"")
        let snapshot = await store.logSnapshot()
        let query = LogQuery(filter: filter, limit: .max)
        var best = Duration.seconds(3600)
        for _ in 0..<3 {
            let began = ContinuousClock.now
            let found = await snapshot.page(query).lines.count
            best = min(best, ContinuousClock.now - began)
            guard found > 0 else { throw BenchError(description: "the rare text was not found") }
        }
        return Double(bytes) / 1e9 / (best / .seconds(1))
    }

    /// Milliseconds until the newest page is there, for the worse of a common and a rare word.
    private static func first(_ store: TelemetryStore) async throws -> Double {
        var worst = 0.0
        for word in [Corpus.common, Corpus.rare] {
            let query = LogQuery(filter: try LogFilter(parsing: "\"\(word)\""), limit: 10)
            let times = await times(of: query, in: store)
            worst = max(worst, times.median)
        }
        return worst
    }

    private static func times(of query: LogQuery, in store: TelemetryStore) async -> [Double] {
        var times: [Double] = []
        for _ in 0..<5 {
            let began = ContinuousClock.now
            _ = await store.logs(query)
            times.append((ContinuousClock.now - began).milliseconds)
        }
        return times
    }

    private static func residentBytes() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, 256, file) != nil else { return 0 }
        let words = line.split(separator: 0x20).map { $0.map { UInt8(bitPattern: $0) } }
        guard words.count > 1, let pages = Int(String(decoding: words[1], as: UTF8.self)) else { return 0 }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
