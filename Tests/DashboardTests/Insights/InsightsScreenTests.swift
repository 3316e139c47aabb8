import LogsInsights
import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

struct InsightsScreenTests {
    private static let stats =
        "filter @type = \"REPORT\"\n| stats pct(@duration, 50) as p50, pct(@duration, 95) as p95, count(*) as n by bin(1m)"

    /// Answers a query over a quarter of an hour of REPORT lines.
    private static func answer(_ request: DataRequest) -> DataAnswer? {
        guard case .insights(let asked) = request else { return nil }
        let run = InsightsRun(asked.query, now: LogSample.now)
        var scanned = ScanProgress()
        for number in 0..<120 {
            let duration = Double(number * 37 % 90) + 10.5
            let line = Array(
                "REPORT RequestId: \(LogSample.requests[number % 6])\tDuration: \(duration) ms\tBilled Duration: \(Int(duration) + 1) ms\t"
                    .utf8)
            scanned.lines += 1
            scanned.bytes += line.count
            let time = Timestamp(microseconds: LogSample.now.microseconds - Int64(120 - number) * 7_000_000)
            line.withUnsafeBufferPointer { bytes in
                run.take(
                    LogLineView(
                        message: bytes, time: time, id: UInt64(number + 1), group: "/aws/lambda/pay", stream: "s"))
            }
        }
        scanned.done = 1
        return .insights(InsightsAnswer(result: run.finish(), scanned: scanned, duration: Microseconds(4200)))
    }

    private func stage(_ query: String? = nil, columns: Int = 120, rows: Int = 40) -> Stage<InsightsScreen> {
        Stage(InsightsScreen(query: query), columns: columns, rows: rows, answer: Self.answer)
    }

    @Test("A query that groups by time has a table and a chart", arguments: [(160, 48), (80, 24), (1, 1)])
    func chart(_ columns: Int, _ rows: Int) {
        var stage = stage(Self.stats, columns: columns, rows: rows)
        stage.press(.control("s"))
        #expect(stage.screen.answer?.result.rows.count == 15)
        #expect(stage.screen.focus == .results)
        expectFrame(stage.frame(), named: "insights-\(columns)x\(rows)")
    }

    @Test("Rows that are lines open them, others say why not")
    func opening() {
        var stage = stage("fields @timestamp, @duration | sort @duration desc | limit 3")
        stage.press(.control("s"), .down, .enter)
        #expect(stage.screen.rows.map { $0.values[1] } == ["99.5", "99.5", "98.5"])
        guard case .open(.logLine)? = stage.effects.last else {
            Issue.record("nothing was opened")
            return
        }
        var groups = self.stage(Self.stats)
        groups.press(.control("s"), .enter)
        guard case .notice? = groups.effects.last else {
            Issue.record("nothing was said")
            return
        }
    }

    @Test("What is wrong is said as it is typed, where it stands, and nothing is asked")
    func wrong() {
        var stage = stage("fields @message")
        stage.press(.enter)
        stage.type("| sortt @duration")
        #expect(stage.screen.problem?.message.contains("sortt is no command") == true)
        #expect(stage.screen.problemPlace == EventEditor.Place(line: 1, column: 2))
        stage.press(.control("s"))
        #expect(stage.screen.requests.isEmpty)
        #expect(stage.effects.contains { if case .notice = $0 { true } else { false } })
        expectFrame(stage.frame(), named: "insights-wrong-120x40")
    }

    @Test("A query that runs is asked once, with its groups, and Escape stops it")
    func stopping() throws {
        var stage = Stage(InsightsScreen(query: "fields @message"), columns: 80, rows: 24) { _ in nil }
        stage.press(.tab)
        stage.type("/aws/*, web")
        stage.press(.enter)
        guard case .insights(let request)? = stage.screen.requests.first else {
            Issue.record("nothing was asked")
            return
        }
        #expect(request.groups.map { $0.matches("/aws/lambda/pay") } == [true, false])
        stage.press(.escape)
        #expect(stage.screen.requests.isEmpty)
        #expect(!stage.effects.contains(.back))
        stage.press(.escape)
        #expect(stage.effects.last == .back)
    }

    @Test("Queries that were asked come back")
    func history() {
        var stage = stage("fields @duration")
        stage.press(.control("s"))
        stage.screen.replace(with: "fields @message")
        stage.press(.control("s"))
        stage.press(.control("r"))
        #expect(stage.screen.text == "fields @duration" || stage.screen.text == "fields @message")
        stage.press(.control("r"))
        #expect(stage.screen.text == "fields @duration")
        stage.press(.control("t"))
        #expect(stage.screen.text == "fields @message")
    }

    @Test("The screen asks a real store")
    func store() async throws {
        let store = TelemetryStore(logCap: 1 << 24)
        var batch = LogBatch(group: "/aws/lambda/a", stream: "s", function: "a")
        for number in 0..<5 { batch.append("line \(number)".utf8, at: LogSample.now + Microseconds(Int64(number))) }
        var other = LogBatch(group: "web", stream: "s")
        other.append("line of web".utf8, at: LogSample.now)
        await store.ingest([TelemetryEvent(.log(batch)), TelemetryEvent(.log(other))])
        let request = InsightsRequest(
            query: try InsightsQuery(parsing: "stats count(*) as n"), groups: [Glob("/aws/*")])
        let window = TimeWindow(start: LogSample.now, end: LogSample.now + .seconds(1))
        let answer = await store.insights(request, in: window)
        #expect(answer.result.rows.map(\.values) == [["5"]])
        #expect(answer.scanned.lines == 5)
        #expect(request.meter.value.done == 1)
    }

    @Test("Copied tables quote what needs it")
    func copying() {
        var result = InsightsResult()
        result.columns = ["a", "b"]
        result.rows = [InsightsResult.Row(values: ["x,\"y\"", nil])]
        #expect(result.commaSeparated == "a,b\n\"x,\"\"y\"\"\",")
    }
}
