import Telemetry
import Terminal
import Testing

@testable import Dashboard
@testable import TelemetryStore

struct CompareScreenTests {
    static let first = Marked.invocation(LogSample.requests[0])
    static let second = Marked.invocation(LogSample.requests[1])

    /// The same order, but warm, accepted, with another amount and without a coupon.
    static var accepted: InvocationDetail {
        var detail = InvocationSample.failed
        let id = LogSample.requests[1]
        detail.record.start.requestID = id
        detail.record.start.event = Payload(
            Array(
                InvocationSample.event.replacing("99.5", with: "12.0").replacing(#""coupon": null,"#, with: "").utf8))
        detail.record.startTime = LogSample.now - .milliseconds(900)
        detail.record.endTime = LogSample.now - .milliseconds(857)
        detail.record.end = InvocationEnd(
            requestID: id, function: "process-payment", status: .success, duration: .milliseconds(41),
            billedMilliseconds: 41, queued: .milliseconds(1), overhead: .milliseconds(1), memorySizeMiB: 128,
            maxMemoryUsedMiB: 78, response: Payload(Array(#"{"accepted": true}"#.utf8)),
            environment: "process-payment-3")
        detail.logLines = InvocationSample.failed.logLines.dropLast(3).map { line in
            var line = line
            line.time = detail.record.startTime + .milliseconds(Int64(line.id - 1000))
            line.message = Array(
                String(decoding: line.message, as: UTF8.self).replacing("\(LogSample.requests[0])", with: "\(id)")
                    .replacing("99.50", with: "12.00").utf8)
            return line
        }
        detail.calls = []
        return detail
    }

    private func stage(_ columns: Int, _ rows: Int) -> Stage<CompareScreen> {
        Stage(CompareScreen(Self.first, Self.second), columns: columns, rows: rows) { request in
            guard case .invocation(let id) = request else { return nil }
            return .invocation(id == LogSample.requests[0] ? InvocationSample.failed : Self.accepted)
        }
    }

    private func executions(_ columns: Int, _ rows: Int) -> Stage<CompareScreen> {
        let stores = [ExecutionSample.running(), ExecutionSample.failed()]
        let arns = ["o-1842", "o-1843"].map(ExecutionSample.arn)
        return Stage(CompareScreen(.execution(arns[0]), .execution(arns[1])), columns: columns, rows: rows) { request in
            guard case .execution(let arn) = request else { return nil }
            return .execution(stores.lazy.compactMap { $0[arn].map(ExecutionDetail.init) }.first)
        }
    }

    @Test(arguments: [(160, 45), (120, 37), (80, 21), (1, 1)])
    func drawsTwoInvocations(_ columns: Int, _ rows: Int) {
        expectFrame(stage(columns, rows).frame(), named: "compare-invocations-\(columns)x\(rows)")
    }

    @Test(arguments: [(160, 45), (120, 37), (80, 21), (1, 1)])
    func drawsTwoExecutions(_ columns: Int, _ rows: Int) {
        expectFrame(executions(columns, rows).frame(), named: "compare-executions-\(columns)x\(rows)")
    }

    @Test func whatDiffersComesFirst() {
        let rows = InvocationComparison(left: InvocationSample.failed, right: Self.accepted).rows
        let pairs = rows.compactMap { row -> ComparePair? in
            if case .pair(let pair) = row { pair } else { nil }
        }
        #expect(pairs.prefix(2).map(\.name) == ["status", "error"])
        let lastDifference = pairs.lastIndex { !$0.isSame && !$0.isIdentity } ?? 0
        let firstSame = pairs.firstIndex(where: \.isSame) ?? 0
        #expect(lastDifference < firstSame)
        #expect(pairs.first { $0.name == "duration" }?.difference == "-47 ms")
        #expect(pairs.suffix(3).map(\.name) == ["started", "environment", "request"])
    }

    @Test func neverShowsSecretsOfTheEvents() {
        let text = stage(160, 90).frame().text
        #expect(text.contains("12.0"))
        #expect(!text.contains("hunter2"))
    }

    @Test func showsOnlyDifferencesAndGoesFromSectionToSection() {
        var stage = stage(120, 21)
        let all = stage.screen.rows.count
        stage.press(.character("d"))
        #expect(stage.screen.rows.count < all)
        #expect(stage.screen.rows.count { $0.isSame } == 0)
        stage.press(.character("n"))
        #expect(stage.screen.rows[stage.screen.top].isHeading)
        stage.press(.character("N"))
        #expect(stage.screen.top == 0)
    }

    @Test func enterOpensTheChosenSide() {
        var stage = stage(120, 37)
        stage.press(.enter, .tab, .enter, .character("l"))
        #expect(
            stage.effects == [
                .open(.invocation(LogSample.requests[0])), .open(.invocation(LogSample.requests[1])),
                .open(.logs(filter: "req:\(LogSample.requests[1])")),
            ])
    }

    @Test func saysWhatIsNotKnownAnyMore() {
        let stage = Stage(CompareScreen(Self.first, Self.second), columns: 80, rows: 21) { _ in .invocation(nil) }
        #expect(stage.frame().text.contains("is not known"))
    }
}

struct LogAlignmentTests {
    @Test(arguments: [
        ("charging 99.50 EUR for o-1", "charging 12.00 EUR for o-2", true), ("stock 3", "stock is 3", false),
        ("", "", true),
    ])
    func linesThatDifferInNumbersSayTheSame(_ one: String, _ other: String, _ isSame: Bool) {
        #expect((LogAlignment.pattern(one) == LogAlignment.pattern(other)) == isSame)
    }

    @Test(arguments: [
        ([1, 2, 3], [1, 2, 3], ["1 1", "2 2", "3 3"]), ([1, 2, 3], [1, 3], ["1 1", "2 -", "3 3"]),
        ([1, 3], [1, 2, 3], ["1 1", "- 2", "3 3"]), ([1], [2], ["1 -", "- 2"]), ([], [], []), ([], [1], ["- 1"]),
    ])
    func putsWhatIsCommonSideBySide(_ left: [Int], _ right: [Int], _ rows: [String]) {
        let places = LogAlignment.places(left, right)
        let shown = places.map { "\($0.left.map { "\(left[$0])" } ?? "-") \($0.right.map { "\(right[$0])" } ?? "-")" }
        #expect(shown == rows)
    }
}
