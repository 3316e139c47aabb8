import AWSCore
import JSON
import Telemetry
import TelemetryStore
import Testing

@testable import CloudWatch

struct LogPatternTests {
    @Test(
        arguments: [
            ("", ["ERROR one", "error two", "warn [3] {x} \"q\""]), ("ERROR", ["ERROR one"]), ("error", ["error two"]),
            ("\"ERROR one\"", ["ERROR one"]), ("ERROR one", ["ERROR one"]), ("one ERROR", ["ERROR one"]),
            ("?ERROR ?warn", ["ERROR one", "warn [3] {x} \"q\""]), ("-ERROR", ["error two", "warn [3] {x} \"q\""]),
            ("-error -warn", ["ERROR one"]), ("%^[Ee]rror%", ["error two"]), ("%o[nw]e?%", ["ERROR one"]),
            ("?%tw.% ?ERROR", ["ERROR one", "error two"]), ("-%o%", ["warn [3] {x} \"q\""]),
            ("?warn ERROR", ["ERROR one"]),
            ("%\\[\\d\\]%", ["warn [3] {x} \"q\""]), ("\"\\\"q\\\"\"", ["warn [3] {x} \"q\""]),
            ("[a, b]", ["ERROR one", "error two"]),
            ("[a=ERROR, b]", ["ERROR one"]), ("{ $.x = 1 }", []), ("-%one% ?x", ["error two", "warn [3] {x} \"q\""]),
        ] as [(String, [String])])
    func patternsMatchAsInCloudWatch(_ pattern: String, _ expected: [String]) async throws {
        let stage = await Stage(["ERROR one", "error two", "warn [3] {x} \"q\""])
        let output = try await stage.run(FilterLogEvents.self, ["filterPattern": .string(pattern)])
        #expect(output["events"]?.array?.compactMap { $0["message"]?.string } == expected)
    }

    @Test(arguments: [
        "level>=warn:", "a(b", "\"open", "%open", "%(a)%", "-", "?", "{ $.a", "[a=1 && b=2, c]", "%a% %b% %c%", "fn:x",
        "%%",
        "%[%",
    ])
    func whatIsNotUnderstoodIsRefused(_ pattern: String) {
        let error = #expect(throws: ServiceError.self) { try LogsContext.filter(pattern) }
        #expect(error?.code == "InvalidParameterException")
    }
}

struct GetLogEventsTests {
    @Test func aPageWithoutATokenHasTheNewestLines() async throws {
        let stage = await Stage((0..<10).map(String.init))
        let newest = try await stage.page(["limit": 3])
        #expect(newest.lines == ["7", "8", "9"])
        let older = try await stage.page(["limit": 3, "nextToken": .string(newest.backward)])
        #expect(older.lines == ["4", "5", "6"])
        let turned = try await stage.page(["limit": 2, "nextToken": .string(older.forward)])
        #expect(turned.lines == ["7", "8"])
    }

    @Test(arguments: [true, false])
    func atAnEndTheTokenStaysAndTurningRoundLosesNothing(_ isForward: Bool) async throws {
        let stage = await Stage(["a", "b", "c"])
        let page = try await stage.page(["startFromHead": .bool(isForward)])
        let token = isForward ? page.forward : page.backward
        let end = try await stage.page(["nextToken": .string(token)])
        #expect(end.lines.isEmpty)
        #expect((isForward ? end.forward : end.backward) == token)
        let back = try await stage.page(["nextToken": .string(isForward ? end.backward : end.forward)])
        #expect(back.lines == ["a", "b", "c"])
    }

    @Test func theNewestOfAMegabyteAreKept() async throws {
        let long = String(repeating: "x", count: 400_000)
        let stage = await Stage(["1\(long)", "2\(long)", "3\(long)"])
        let newest = try await stage.page([:])
        #expect(newest.lines.map { $0.prefix(1) } == ["2", "3"])
        #expect(try await stage.page(["nextToken": .string(newest.backward)]).lines.map { $0.prefix(1) } == ["1"])
        let oldest = try await stage.page(["startFromHead": true])
        #expect(oldest.lines.map { $0.prefix(1) } == ["1", "2"])
    }

    @Test func deletedLinesStayAway() async throws {
        let stage = await Stage(["a"])
        _ = try await stage.run(DeleteLogGroup.self, [:])
        await #expect(throws: ServiceError.self) { try await stage.page([:]) }
        await stage.log(["b"])
        #expect(try await stage.page([:]).lines == ["b"])
        _ = try await stage.run(DeleteLogStream.self, ["logStreamName": "s"])
        #expect(try await stage.run(DescribeLogStreams.self, [:])["logStreams"] == [])
    }

    @Test func streamsArePagedByName() async throws {
        let stage = await Stage(["a"])
        for name in ["a/1", "b", "z"] {
            _ = try await stage.run(CreateLogStream.self, ["logStreamName": .string(name)])
        }
        let first = try await stage.run(DescribeLogStreams.self, ["limit": 2])
        _ = try await stage.run(CreateLogStream.self, ["logStreamName": "a/0"])
        let second = try await stage.run(DescribeLogStreams.self, ["nextToken": first["nextToken"] ?? .null])
        #expect(second["logStreams"]?.array?.compactMap { $0["logStreamName"]?.string } == ["s", "z"])
    }
}

/// A group `g` with a stream `s`.
private struct Stage {
    let store = TelemetryStore(logCap: 1 << 24)
    let context: LogsContext

    init(_ lines: [String]) async {
        context = LogsContext(store: store, sink: NoSink(), flush: {})
        await log(lines)
    }

    func log(_ lines: [String]) async {
        var batch = LogBatch(group: "g", stream: "s", function: nil)
        for line in lines { batch.append(line.utf8, at: Timestamp(milliseconds: 1_700_000_000_000)) }
        await store.ingest([TelemetryEvent(.log(batch))])
    }

    func run<Operation: ServiceOperation>(_: Operation.Type, _ input: JSON) async throws -> JSON
    where Operation.Context == LogsContext {
        var input = input
        input["logGroupName"] = "g"
        return try await Operation.run(input, call: CallContext(), in: context)
    }

    func page(_ input: JSON) async throws -> (lines: [String], forward: String, backward: String) {
        var input = input
        input["logStreamName"] = "s"
        let output = try await run(GetLogEvents.self, input)
        return (
            output["events"]?.array?.compactMap { $0["message"]?.string } ?? [],
            output["nextForwardToken"]?.string ?? "", output["nextBackwardToken"]?.string ?? ""
        )
    }
}

private struct NoSink: TelemetrySink {
    func emit(_ event: TelemetryEvent) {}
}
