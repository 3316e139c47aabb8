import Testing

@testable import LogsInsights

struct ExpressionTests {
    /// What an expression gives for the line of order 4, an error.
    private func value(_ expression: String) throws -> String? {
        let result = try SampleLog.run("filter msg = 'order o-4' | display \(expression) as x")
        #expect(result.rows.count == 1)
        return result.rows.first?.values.first ?? nil
    }

    @Test(
        "Expressions",
        arguments: [
            ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("2 ^ 3 ^ 2", "512"), ("10 % 3", "1"), ("-user.id + 1", "-3"),
            ("7 / 2", "3.5"), ("1 / 3", "0.3333"), ("1 / 0", nil), ("user.id / 8", "0.5"), ("amount", "6.0"),
            ("amount * 1", "6"), ("msg + 1", nil), ("missing + 1", nil), ("user.id > 3", "1"), ("user.id > 4", "0"),
            ("level = 'ERROR'", "1"), ("level = 'error'", "0"), ("level != 'ERROR'", "0"), ("missing = 1", "0"),
            ("missing != 1", "0"), ("not missing = 1", "1"), ("user.id = '4'", "1"), ("user.id = 4.0", "1"),
            ("ok = 0", "1"), ("ok = false", "1"), ("ok = 'false'", "1"), ("ok", "0"), ("none", nil), ("user", nil),
            ("items.0.sku", "a4"), ("items[0].sku", "a4"), ("items[1].sku", "z"), ("items[2].sku", nil),
            ("items.0.qty", "4"), ("user.id = 4 and (ok = 1 or level like 'ERR')", "1"),
            ("level in ['A', 'ERROR']", "1"), ("level not in ['A']", "1"), ("user.id in [4]", "1"),
            ("msg like 'o-4'", "1"), ("msg like 'O-4'", "0"), ("msg like /(?i)O-4/", "1"), ("msg not like /o-5/", "1"),
            ("msg =~ /^order o-\\d$/", "1"), ("msg =~ 'o.4'", "1"), ("missing like /x/", "0"),
            ("missing not like /x/", "1"), ("abs(-2.5)", "2.5"), ("ceil(1.2)", "2"), ("floor(-1.2)", "-2"),
            ("greatest(1, user.id, 3)", "4"), ("least(1, user.id, 3)", "1"), ("greatest(1, missing)", nil),
            ("log(1)", "0"), ("log(0)", nil), ("sqrt(16)", "4"), ("sqrt(-1)", nil),
        ] as [(String, String?)])
    func expressions(_ source: String, _ expected: String?) throws {
        #expect(try value(source) == expected)
    }

    @Test(
        "Functions of texts, times, addresses and JSON",
        arguments: [
            ("concat(level, '-', user.id)", "ERROR-4"), ("strlen('grün')", "4"), ("toupper('aé')", "AÉ"),
            ("tolower('AB')", "ab"), ("substr(msg, 6)", "o-4"), ("substr(msg, 0, 5)", "order"), ("substr(msg, 99)", ""),
            ("trim('  a b ')", "a b"), ("ltrim('xxabx', 'x')", "abx"), ("rtrim('xxabx', 'x')", "xxab"),
            ("replace(msg, 'order', 'bill')", "bill o-4"), ("replace(msg, '', 'x')", "order o-4"),
            ("strcontains(msg, 'o-4')", "1"), ("strcontains(msg, 'O')", "0"), ("isempty('')", "1"),
            ("isempty(missing)", "1"), ("isblank('  ')", "1"), ("isblank('x')", "0"), ("ispresent(level)", "1"),
            ("isPresent(missing)", "0"), ("coalesce(missing, level)", "ERROR"), ("coalesce(missing)", nil),
            ("@timestamp", "2026-01-01 00:04:00.001"), ("toMillis(@timestamp)", "1767225840001"),
            ("fromMillis(1767225600000)", "2026-01-01 00:00:00.000"), ("now()", "1767225600"),
            ("datefloor(@timestamp, 1h)", "2026-01-01 00:00:00.000"),
            ("dateceil(@timestamp, 1h)", "2026-01-01 01:00:00.000"),
            ("datefloor(@timestamp, 1mo)", "2026-01-01 00:00:00.000"),
            ("dateceil(@timestamp, 1q)", "2026-04-01 00:00:00.000"),
            ("datefloor(@timestamp, 1w)", "2025-12-29 00:00:00.000"),
            ("dateceil(@timestamp, 1y)", "2027-01-01 00:00:00.000"),
            ("bin(30s)", "2026-01-01 00:04:00.000"), ("@timestamp > 1767225840000", "1"),
            ("isValidIp(ip)", "1"), ("isValidIpV4('10.0.0.300')", "0"), ("isValidIpv6('::1')", "1"),
            ("isValidIpV6(ip)", "0"), ("isIpInSubnet(ip, '10.0.4.0/24')", "1"),
            ("isIpv4InSubnet(ip, '10.0.5.0/24')", "0"),
            ("isIpv6InSubnet('2001:db8::1', '2001:db8::/32')", "1"), ("isIpInSubnet(ip, 'x')", "0"),
            ("jsonStringify(jsonParse('{\"a\": [1, 2]}'))", "{\"a\":[1,2]}"), ("jsonParse('nothing')", nil),
            ("@logStream", "s0"), ("@log", "000000000000:/aws/lambda/pay"), ("@duration", nil), ("@unknown", nil),
            ("1e3 + 0.5", "1000.5"), ("12345678901", "12345678901"),
        ] as [(String, String?)])
    func functions(_ source: String, _ expected: String?) throws {
        #expect(try value(source) == expected)
    }

    @Test("Members of parsed JSON are reached by their path")
    func parsedJSON() throws {
        let result = try SampleLog.run(
            "filter user.id = 3 | fields jsonParse(@message) as j | fields j.user.name as n, j.items[1].sku as s | display n, s"
        )
        #expect(result.rows.map(\.values) == [["u0", "z"]])
        let later = try SampleLog.run("fields jsonParse(@message) as j | sort j.user.id desc | limit 1 | display j.msg")
        #expect(later.rows.map(\.values) == [["order o-9"]])
    }

    @Test(
        "Lambda's own fields, of lines in text and in JSON",
        arguments: [
            (
                "REPORT RequestId: 00000000-0000-4000-8000-000000000001\tDuration: 1.50 ms\tBilled Duration: 2 ms\tMemory Size: 1024 MB\tMax Memory Used: 40 MB\tXRAY TraceId: 1-5a\tSegmentId: 6b\n",
                "REPORT 1.5 2 1.024E9 4.0E7 00000000-0000-4000-8000-000000000001 1-5a 6b"
            ),
            (
                #"{"time":"x","type":"platform.report","record":{"requestId":"id","metrics":{"durationMs":1.5,"billedDurationMs":2,"memorySizeMB":1024,"maxMemoryUsedMB":40,"initDurationMs":3}}}"#,
                "REPORT 1.5 2 1.024E9 4.0E7 id · ·"
            ),
            (
                "END RequestId: 00000000-0000-4000-8000-000000000001",
                "END · · · · 00000000-0000-4000-8000-000000000001 · ·"
            ),
            (
                "2026-01-01T00:00:00.000Z\t00000000-0000-4000-8000-000000000001\tINFO\tx",
                "· · · · · 00000000-0000-4000-8000-000000000001 · ·"
            ),
            (
                "[INFO]\t2026-01-01T00:00:00.000Z\t00000000-0000-4000-8000-000000000001\tx",
                "· · · · · 00000000-0000-4000-8000-000000000001 · ·"
            ),
            (#"{"AWSRequestId":"a","level":"x"}"#, "· · · · · a · ·"),
            ("INIT_START Runtime", "INIT_START · · · · · · ·"),
            ("Duration: 5 ms", "· · · · · · · ·"), ("", "· · · · · · · ·"),
        ])
    func lambdaFields(_ line: String, _ expected: String) throws {
        let result = try SampleLog.run(
            "display @type, @duration, @billedDuration, @memorySize, @maxMemoryUsed, @requestId, @xrayTraceId, @xraySegmentId",
            lines: [SampleLog.Line(text: line, milliseconds: 0, group: "g", stream: "s")])
        #expect(result.rows.first?.values.map { $0 ?? "·" }.joined(separator: " ") == expected)
    }

    @Test(
        "Fields of broken and unusual JSON",
        arguments: [
            (#"{"a":"q\"uo\u0041"}"#, #"q"uoA"#), (#"{"a":1"#, "1"), (#"{"a""#, nil), (#"{"a":"#, nil),
            (#"{"a":nope}"#, nil),
            (#"  {"b":{"a":1},"a":2}"#, "2"), (#"{"x":"{\"a\":9}","a":3}"#, "3"), (#"time\tINFO\t{"a":4}"#, "4"),
            (#"{"a":{"b":1}}"#, nil), (#"{"a":-1.5e3}"#, "-1.5e3"), (#"{"a":"\"#, nil), ("a", nil),
            (#"{"b":[1,{"a":2}],"a":true}"#, "1"),
        ] as [(String, String?)])
    func unusualJSON(_ line: String, _ expected: String?) throws {
        let result = try SampleLog.run(
            "display a", lines: [SampleLog.Line(text: line, milliseconds: 0, group: "g", stream: "s")])
        #expect(result.rows.first?.values == [expected])
    }
}
