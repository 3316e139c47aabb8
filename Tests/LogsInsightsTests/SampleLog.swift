import Telemetry

@testable import LogsInsights

/// Ten invocations of a function `pay`, a minute apart from 2026-01-01 00:00 UTC on, each with three lines, and ten lines
/// of another group half a minute behind them.
struct SampleLog {
    struct Line {
        var text: String
        var milliseconds: Int64
        var group: String
        var stream: String
    }

    static let start: Int64 = 1_767_225_600_000

    static let lines: [Line] = (0..<10).flatMap { number -> [Line] in
        let time = start + Int64(number) * 60_000
        let id = "00000000-0000-4000-8000-00000000000\(number)"
        let isError = number % 4 == 0
        let level = isError ? "ERROR" : "INFO"
        let user = "{\"id\":\(number),\"name\":\"u\(number % 3)\"}"
        let items = "[{\"sku\":\"a\(number)\",\"qty\":\(number)},{\"sku\":\"z\"}]"
        let json =
            "{\"level\":\"\(level)\",\"msg\":\"order o-\(number)\",\"user\":\(user),\"items\":\(items),\"ok\":\(!isError),"
            + "\"amount\":\(Double(number) * 1.5),\"ip\":\"10.0.\(number).7\",\"none\":null,\"dotted.name\":\"d\(number)\"}"
        let initPart = number % 5 == 0 ? "\tInit Duration: 101.50 ms\t" : "\t"
        let report =
            "REPORT RequestId: \(id)\tDuration: \(Double(number + 1) * 10.5) ms\tBilled Duration: \((number + 1) * 11) ms\t"
            + "Memory Size: 128 MB\tMax Memory Used: \(40 + number * 8) MB\(initPart)\n"
        func line(_ text: String, _ offset: Int64) -> Line {
            Line(text: text, milliseconds: time + offset, group: "/aws/lambda/pay", stream: "s\(number % 2)")
        }
        return [
            line("START RequestId: \(id) Version: $LATEST\n", 0), line(json, 1), line(report, 20),
            Line(
                text: "user=u\(number % 2), method:\(number < 5 ? "GET" : "PUT"), latency := \(number * 10)",
                milliseconds: time + 30_000, group: "/app/web", stream: "web"),
        ]
    }

    /// Runs a query over all lines, or those of one group.
    static func run(
        _ query: String, lines: [Line] = lines, group: String? = nil, limit: Int = InsightsQuery.defaultLimit
    ) throws(InsightsError) -> InsightsResult {
        let parsed = try InsightsQuery(parsing: query)
        let run = InsightsRun(parsed, limit: limit, now: Timestamp(milliseconds: start))
        for (index, line) in lines.enumerated() where group == nil || line.group == group {
            Array(line.text.utf8).withUnsafeBufferPointer { bytes in
                run.take(
                    LogLineView(
                        message: bytes, time: Timestamp(milliseconds: line.milliseconds), id: UInt64(index + 1),
                        group: line.group, stream: line.stream))
            }
        }
        return run.finish()
    }

    /// The rows as `name=value` side by side; a missing value is left out.
    static func rows(_ query: String) throws(InsightsError) -> [String] {
        let result = try run(query)
        return result.rows.map { row in
            zip(result.columns, row.values).compactMap { name, value in value.map { "\(name)=\($0)" } }
                .joined(separator: " ")
        }
    }
}

struct Case: Sendable {
    var query: String
    var rows: [String]

    init(_ query: String, _ rows: String...) {
        self.query = query
        self.rows = rows
    }
}
