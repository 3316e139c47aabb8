import Telemetry
import Testing

@testable import TelemetryStore

struct FilterTests {
    private static let facts = LineFacts(
        time: Timestamp(microseconds: 1_767_225_600_000_000), level: .warn, function: "process-order",
        group: "/aws/lambda/process-order", stream: "2026/01/01/[$LATEST]abc",
        requestID: RequestID("7f3a91c2-0000-4000-8000-000000000001"))

    private func matches(_ filter: String, _ line: String) throws -> Bool {
        try LogFilter(parsing: filter).matches(Array(line.utf8), Self.facts)
    }

    @Test(
        "Filters that match",
        arguments: [
            ("", "x"), ("time OUT", "Task TIMEd out"), ("\"time out\"", "a Time Out"), ("-ok", "bad"), ("--ok", "ok"),
            ("a OR b", "b"), ("(a OR b) c", "c b"), ("-(a OR b)", "c"), ("/a.c/", "xabcx"), ("/ABC/i", "abc"),
            ("/a b/", "a b"), ("(/a/)", "a"), ("/api/orders", "GET /api/orders 200"), ("//server", "http://server"),
            ("/tmp", "ls /tmp"), ("fn:process-*", "x"), ("fn:a,process-order", "x"), ("fn:a fn:process-order", "x"),
            ("level>=warn", "x"), ("level!=error", "x"), ("level:warn", "x"), ("req:7f3a", "x"), ("stream:*abc", "x"),
            ("group:/aws/*", "x"), ("since:2025-01-01", "x"), ("until:2026-01-02T00:00:00Z", "x"),
            ("{ $.status = 5* }", #"{"status":"503"}"#),
            ("{ $.a.b[0] >= 2 && $.c IS NULL }", #"{"a":{"b":[2]},"c":null}"#),
            ("{ $.x NOT EXISTS }", "{}"), ("{ $.v = nan }", #"{"v":"nan"}"#), ("{ $.l[*] = 3 }", #"{"l":[1,3]}"#),
            ("[ip, status=5*, ...]", "1.2.3.4 503 x y"), ("[a, b>=10]", "x 11"), ("[ERROR]", "[error] x"),
            ("a -", "a - b"), ("*", "2*3"), ("?ERROR ?warn", "a warning"), ("fn:process-* ?x ?y", "y"), ("?", "what?"),
            ("%user-[0-9]+%", "of user-12"), ("(%a% OR b)", "xb"), ("100% sure", "100% sure"), ("50%", "50%"),
        ])
    func match(filter: String, line: String) throws {
        #expect(try matches(filter, line))
    }

    @Test(
        "Filters that do not match",
        arguments: [
            ("time out", "time"), ("-ok", "OK"), ("/ABC/", "abc"), ("/api/orders", "api orders"), ("fn:other", "x"),
            ("-fn:process-order", "x"), ("level>warn", "x"), ("req:8", "x"), ("until:2025-01-01", "x"),
            ("{ $.status = 500 }", "status 500"), ("{ $.v > 1 }", #"{"v":"inf"}"#), ("{ $.v > 1 }", #"{"v":"0x10"}"#),
            ("[a, b>=10]", "x inf"), ("[a, b]", "one"), ("a OR b", "c"), ("/ab+*c/", "ad"),
            ("?ERROR ?warn", "info"), ("ERROR ?x", "error"), ("%user-[0-9]+%", "user-x"),
        ])
    func mismatch(filter: String, line: String) throws {
        #expect(try !matches(filter, line))
    }

    @Test(
        "Filters that are refused, and where",
        arguments: [
            ("(a", 2), ("(a))", 3), ("()", 2), ("\"\"", 0), ("\"a", 0), ("a OR", 4), ("OR a", 4), ("//", 0), ("/(/", 0),
            ("fn:", 0), ("x fn:,", 2), ("level>=odd", 0), ("level:", 0), ("req:xyz", 0), ("since:soon", 0),
            ("{ $.a }", 6), ("{ $.a = }", 8), ("{ a = 1 }", 2), ("{ $.a > \"x\" }", 11), ("{ $.a = 1", 9),
            ("[a, b=]", 6), ("/a{200}{200}/", 0), (#"/(a)\1/"#, 0), ("(a -)", 4),
        ])
    func refused(filter: String, offset: Int) {
        let error = #expect(throws: LogFilterError.self) { try LogFilter(parsing: filter) }
        #expect(error?.offset == offset)
    }

    @Test("Filters without end are refused instead of filling the stack")
    func bounds() throws {
        #expect(throws: LogFilterError.self) { try LogFilter(parsing: String(repeating: "-", count: 1_000_000) + "a") }
        #expect(throws: LogFilterError.self) { try LogFilter(parsing: String(repeating: "(", count: 100) + "a") }
        #expect(throws: LogFilterError.self) { try LogFilter(parsing: String(repeating: "a ", count: 300)) }
        let chain = Array(repeating: "$.a=1", count: 200).joined(separator: "&&")
        #expect(throws: LogFilterError.self) { try LogFilter(parsing: "{\(chain)}") }
        #expect(try matches(String(repeating: "-", count: 8000) + "a", "a"))
    }

    @Test(
        "The text that every match of an expression has",
        arguments: [
            ("Task timed out", "task timed out"), ("abc+def*", "abc"), ("^error.*timeout$", "timeout"), ("a|b", nil),
            ("(abc)?", nil), ("a+*", nil), ("abcd*", "abc"),
        ])
    func literal(source: String, text: String?) {
        #expect(RegexLiteral.longest(in: source) == text.map { Array($0.utf8) })
    }

    @Test(
        "The level that a line names",
        arguments: [
            (#"{"level":30,"msg":"x"}"#, LogLevel.info), (#"{"level": 60}"#, .fatal), (#"{"level":3}"#, .none),
            (#"{"level":"warning"}"#, .warn), ("[ERROR] x", .error), ("level=warn x", .warn), ("fine", .none),
            (#"{"type":"platform.report","record":{"status":"timeout"}}"#, .error),
            (#"{"type":"platform.report","record":{"status":"success"}}"#, .none),
        ])
    func level(line: String, level: LogLevel) {
        var batch = LogBatch(group: "g", stream: "s")
        batch.append(line.utf8, at: Timestamp(microseconds: 1))
        var chunk = LogChunk(number: 0, firstID: 1)
        _ = chunk.take(batch, from: 0, stream: 0)
        #expect(chunk.levels == [level.rawValue])
    }
}
