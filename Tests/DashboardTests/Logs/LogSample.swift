import Telemetry
import TelemetryStore

@testable import Dashboard

/// A realistic minute of a shop's log, with lines that mean no good among them.
enum LogSample {
    /// 12:04:31 UTC.
    static let now = Timestamp(milliseconds: 1_795_262_671_000)

    static let requests = (0..<6).map {
        RequestID(high: 0x7f3a_91c2_0d5e_4b6f &+ UInt64($0) << 40, low: 0x8a1c_2b3d_4e5f_6071)
    }

    static var lines: [LogLine] {
        var id: UInt64 = 1000
        return script.enumerated().map { place, entry in
            id += 1
            let time = Timestamp(microseconds: now.microseconds - Int64(script.count - place) * 137_000)
            return LogLine(
                id: id, time: time, level: entry.level, group: "/aws/lambda/\(entry.function)",
                stream: "2026/11/21/[$LATEST]0a1b2c3d", function: entry.function, requestID: requests[entry.request],
                message: entry.message)
        }
    }

    struct Entry {
        var function: String
        var request: Int
        var level: LogLevel
        var message: [UInt8]

        init(_ function: String, _ request: Int, _ level: LogLevel, _ message: some Sequence<UInt8>) {
            self.function = function
            self.request = request
            self.level = level
            self.message = Array(message)
        }
    }

    private static var script: [Entry] {
        let report =
            "REPORT RequestId: \(requests[0])\tDuration: 88.12 ms\tBilled Duration: 89 ms\tMemory Size: 128 MB\tMax Memory Used: 78 MB\tInit Duration: 310.02 ms\t"
        return [
            Entry(
                "process-payment", 0, .none,
                "INIT_START Runtime Version: python:3.13.v5\tRuntime Version ARN: arn:aws:x".utf8),
            Entry("process-payment", 0, .none, "START RequestId: \(requests[0]) Version: $LATEST".utf8),
            Entry("record-order", 1, .none, "START RequestId: \(requests[1]) Version: $LATEST".utf8),
            Entry(
                "process-payment", 0, .info,
                "[INFO]\t2026-11-21T12:04:30.104Z\t\(requests[0])\tcharging card ending 4242 for 99.50 EUR\n".utf8),
            Entry(
                "record-order", 1, .info,
                #"{"level":"INFO","message":"order recorded","order":"o-1842","items":3,"token":"abc123"}"#.utf8),
            Entry(
                "process-payment", 0, .warn,
                #"{"level":"WARN","message":"retrying in 200 ms","attempt":2,"order":"o-1842"}"#.utf8),
            Entry(
                "process-payment", 0, .error,
                "[ERROR] PaymentDeclined: card 4242 declined (issuer: insufficient_funds)".utf8),
            Entry("process-payment", 0, .none, "END RequestId: \(requests[0])".utf8),
            Entry("process-payment", 0, .none, report.utf8),
            Entry("record-order", 1, .info, "\u{1b}[31mred\u{1b}[0m \u{7} bell \r\u{1b}]0;title\u{7}".utf8),
            Entry("notify-user", 2, .info, "zu spät: größe, 注文が確定しました, 👩‍👩‍👧 🇩🇪 👍🏽 done".utf8),
            Entry("notify-user", 2, .info, "שלום עולם \u{202e}drowssap\u{202c} مرحبا".utf8),
            Entry("query-user", 3, .debug, [0xFF, 0xFE, 0x80] + Array(" not utf-8 ".utf8) + [0xC3, 0x28]),
            Entry("query-user", 3, .info, String(repeating: "0123456789 ", count: 95_000).utf8),
            Entry("query-user", 3, .info, "a\ttab\tand\tanother".utf8),
            Entry(
                "update-order", 4, .error,
                "2026-11-21T12:04:30.911Z \(requests[4]) Task timed out after 3.00 seconds".utf8),
        ]
    }

    static var page: LogPage {
        var page = LogPage()
        page.lines = lines
        page.hasBefore = false
        return page
    }

    static var volume: LogVolume {
        var volume = LogVolume(window: TimeWindow(last: .seconds(900), until: now))
        volume.matching = 2310
        volume.total = 1_204_511
        volume.buckets = (0..<120).map { place in
            var bucket = LogVolume.Bucket(start: volume.window.start + Microseconds(Int64(place) * 7_500_000))
            bucket.others = 6 + place * 7 % 11 + (place % 40 > 30 ? 25 : 0)
            bucket.warnings = place % 13 == 0 ? 4 : 0
            bucket.errors = place % 40 > 34 ? 9 : 0
            return bucket
        }
        return volume
    }
}

extension LogSample {
    /// What a store with these lines would say.
    static func answer(_ request: DataRequest) -> DataAnswer? {
        switch request {
        case .volume(let filter, _):
            var volume = volume
            if !filter.isEmpty { volume.matching = matching(filter).count }
            return .volume(volume)
        case .logs(let query): return .logs(page(query))
        default: return nil
        }
    }

    private static func matching(_ filter: LogFilter) -> [LogLine] {
        lines.filter { line in
            let facts = LineFacts(
                time: line.time, level: line.level, function: line.function, group: line.group, stream: line.stream,
                requestID: line.requestID)
            return filter.matches(line.message, facts)
        }
    }

    private static func page(_ query: LogQuery) -> LogPage {
        var lines = matching(query.filter)
        switch query.anchor {
        case .before(let id): lines = Array(lines.filter { $0.id < id }.suffix(query.limit))
        case .after(let id): lines = Array(lines.filter { $0.id > id }.prefix(query.limit))
        case .newest, .oldest, .around: break
        }
        var page = LogPage()
        page.lines = lines
        return page
    }
}
