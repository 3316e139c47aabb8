import Telemetry
import Testing

@testable import TelemetryStore

/// The patterns of the CloudWatch Logs User Guide, "Filter pattern syntax", each with lines that match and lines that do not.
struct FilterPatternTests {
    struct Sample: Sendable {
        var pattern: String
        var matching: [String]
        var others: [String]

        init(_ pattern: String, _ matching: [String], not others: [String]) {
            self.pattern = pattern
            self.matching = matching
            self.others = others
        }
    }

    private func check(_ sample: Sample) throws {
        let filter = try LogFilter(pattern: sample.pattern)
        var batch = LogBatch(group: "g", stream: "s")
        for line in sample.matching + sample.others { batch.append(line.utf8, at: Timestamp(microseconds: 1)) }
        var chunk = LogChunk(number: 0, firstID: 1)
        _ = chunk.take(batch, from: 0, stream: 0)
        // Through the search with its literals, and line by line: both must say the same.
        let found = chunk.matches(LogMatcher(filter), [StreamKey(group: "g", stream: "s")])
        #expect(found == Array(sample.matching.indices), "\(sample.pattern)")
        let facts = LineFacts(time: Timestamp(microseconds: 1), level: .none)
        for line in sample.matching {
            #expect(filter.matches(Array(line.utf8), facts), "\(sample.pattern) and \(line)")
        }
        for line in sample.others { #expect(!filter.matches(Array(line.utf8), facts), "\(sample.pattern) and \(line)") }
    }

    @Test(
        "Terms",
        arguments: [
            Sample("", ["anything", "ERROR"], not: []), Sample("\"\"", ["anything"], not: []),
            Sample("ERROR", ["[ERROR 400] BAD", "UNAUTHORIZED_ERROR"], not: ["error", "Err"]),
            Sample("ERROR ARGUMENTS", ["ERROR of ARGUMENTS", "ARGUMENTS ERROR"], not: ["ERROR", "ARGUMENTS"]),
            Sample("?ERROR ?ARGUMENTS", ["ERROR", "bad ARGUMENTS"], not: ["fine"]),
            Sample(
                "\"INTERNAL SERVER ERROR\"", ["500 INTERNAL SERVER ERROR"],
                not: ["INTERNAL ERROR", "INTERNAL  SERVER ERROR"]),
            Sample("ERROR -ARGUMENTS", ["ERROR of code"], not: ["ERROR of ARGUMENTS", "fine"]),
            Sample("-ERROR", ["fine"], not: ["ERROR"]),
            Sample("ERROR -\"took too long\"", ["ERROR"], not: ["ERROR: took too long"]),
            Sample("?ERROR ?WARN INFO", ["INFO", "INFO and WARN"], not: ["ERROR"]),
            Sample("\"say \\\"hi\\\"\"", ["say \"hi\" now"], not: ["say hi"]),
            Sample("a_b.c9", ["xa_b.c9"], not: ["a_b c9"]),
            Sample("grün", ["so grün"], not: ["so grun"]),
        ])
    func terms(_ sample: Sample) throws { try check(sample) }

    @Test(
        "Regular expressions",
        arguments: [
            Sample("%AUTHORIZED%", ["UNAUTHORIZED", "AUTHORIZED"], not: ["authorized"]),
            Sample("%^[hc]at%", ["hat", "cat on"], not: ["that", "at"]),
            Sample("%[hc]at$%", ["that", "a cat"], not: ["cats"]),
            Sample("%colou?r%", ["color", "colour"], not: ["colouur"]),
            Sample("%[abcx-z]%", ["b", "y"], not: ["d", "w"]),
            Sample("%[^a]bc%", ["xbc"], not: ["abc", "bc"]), Sample("%a{3,5}%", ["aaa", "aaaaaa"], not: ["aa"]),
            Sample("%ab{2}c%", ["abbc"], not: ["abc", "abbbc"]), Sample("%gra|grey%", ["gra", "grey"], not: ["gry"]),
            Sample("%10\\.10%", ["10.10"], not: ["10-10"]), Sample("%a.c%", ["abc", "a c"], not: ["ac"]),
            Sample("%ab*c%", ["ac", "abbc"], not: ["abd"]), Sample("%ab+c%", ["abc", "abbc"], not: ["ac"]),
            Sample("%\\d\\d%", ["a12"], not: ["a1b2"]), Sample("%^\\D+$%", ["abc"], not: ["a1"]),
            Sample("%a\\sb%", ["a b", "a\tb"], not: ["ab"]),
            Sample("%^\\S+$%", ["ab"], not: ["a b"]), Sample("%\\w-\\W%", ["a--"], not: ["a-b"]),
            Sample("%\\x41b%", ["Ab"], not: ["ab"]),
            Sample("%Duration: 30[.]25%", ["Duration: 30.25 ms"], not: ["Duration: 30225"]),
            Sample("%\\[\\d\\]%", ["[1]"], not: ["1"]),
            Sample("%100\\%%", ["at 100%"], not: ["at 100"]), Sample("?%tw.% ?ERROR", ["two", "ERROR"], not: ["one"]),
            Sample("-%o%", ["warn"], not: ["no"]), Sample("a %b+%", ["a bb"], not: ["a c", "bb"]),
            Sample("%[\\d.]+x%", ["1.2x"], not: ["ax"]),
            Sample("%a[]b]c%", ["a]c", "abc"], not: ["axc"]), Sample("%a[b\\]]c%", ["a]c", "abc"], not: ["axc"]),
        ])
    func expressions(_ sample: Sample) throws { try check(sample) }

    private static let event =
        #"{"eventType":"UpdateTrail","sourceIPAddress":"111.111.111.111","arrayKey":["value","another"],"objectList":[{"name":"a","id":1},{"name":"b","id":2}],"SomeObject":null,"cluster.name":"c","user":{"id":1,"email":"J.D@x.org"},"flag":true,"n":5.5}"#

    @Test(
        "JSON",
        arguments: [
            ("{ $.eventType = \"UpdateTrail\" }", true), ("{ $.eventType = UpdateTrail }", true),
            ("{ $.eventType = \"updatetrail\" }", false),
            ("{ $.eventType = \"Update*\" }", true), ("{ $.eventType = *Trail }", true),
            ("{ $.eventType != \"Update*\" }", false),
            ("{ $.sourceIPAddress != 123.123.* }", true), ("{ $.sourceIPAddress = 111.111.* }", true),
            ("{ $.arrayKey[0] = \"value\" }", true),
            ("{ $.arrayKey[1] = \"value\" }", false), ("{ $.arrayKey[*] = another }", true),
            ("{ $.objectList[1].id = 2 }", true),
            ("{ $.objectList[*].id = 1 }", true), ("{ $.objectList[*].id = 3 }", false),
            ("{ $.* = UpdateTrail }", true),
            ("{ $.user.* = 1 }", true), ("{ $.SomeObject IS NULL }", true), ("{ $.eventType IS NULL }", false),
            ("{ $.Other NOT EXISTS }", true), ("{ $.SomeObject NOT EXISTS }", false), ("{ $.flag IS TRUE }", true),
            ("{ $.flag IS FALSE }", false),
            ("{ $.flag   IS   TRUE }", true), ("{ ($.user.id = 1) && ($.user.email = \"J.D@x.org\") }", true),
            ("{ $.user.id = 2 && $.nope = \"x\" || $.user.id = 1 }", true),
            ("{ $.user.id = 2 && ($.nope = \"x\" || $.user.id = 1) }", false),
            ("{ $.n > 5 }", true), ("{ $.n >= 5.5 }", true), ("{ $.n < 5.5 }", false), ("{ $.n <= 5.5e0 }", true),
            ("{ $.n = 5.5 }", true),
            ("{ $.n != 5.5 }", false), ("{ $.eventType = %Trail% }", true), ("{ $.eventType = %^Trail% }", false),
            ("{ $.eventType != %Trail% }", false), ("{ $.['cluster.name'] = c }", true),
            ("{ $[\"cluster.name\"] = \"c\" }", true),
            ("{ $.eventType = \"*\" }", true), ("{ $.Other = \"*\" }", false), ("{$.eventType=UpdateTrail}", true),
        ])
    func json(_ pattern: String, _ isMatch: Bool) throws {
        try check(
            Sample(pattern, isMatch ? [Self.event] : [], not: (isMatch ? [] : [Self.event]) + ["text", "{", "[]"]))
    }

    private static let access =
        #"127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534"#

    @Test(
        "Columns",
        arguments: [
            ("[ip, server, username, timestamp, request, status_code, bytes]", true), ("[ip, server]", false),
            ("[ip, server, username, timestamp, request, status_code = 4*, bytes > 1000]", true),
            ("[..., status_code = 4*, bytes]", true), ("[ip, ...]", true), ("[ip, ..., bytes >= 1534]", true),
            ("[ip, server, username, timestamp, request = *.html*, status_code = 4*, bytes]", true),
            ("[ip, server, username, timestamp, request != *.html*, ...]", false),
            ("[ip=%127\\.0\\.0\\.[1-9]%, ...]", true),
            ("[ip!=%127\\.0%, ...]", false), ("[..., status_code = 404 || status_code = 410, bytes]", true),
            ("[..., status_code = 400 || status_code = 410, bytes]", false),
            ("[..., status_code >= 400 && status_code < 500, bytes]", true),
            ("[..., status_code >= 400 && (status_code < 404 || status_code = 500), bytes]", false),
            ("[ip, , username = frank, ...]", true),
            ("[..., request =\"GET /index.html HTTP/1.0\", status_code, bytes]", true),
            ("[..., bytes = \"1534\"]", true), ("[w1=127.0.0.1, ..., last=1*]", true), ("[...]", true),
            ("[one]", false),
        ])
    func columns(_ pattern: String, _ isMatch: Bool) throws {
        try check(Sample(pattern, isMatch ? [Self.access] : [], not: isMatch ? [] : [Self.access]))
    }

    @Test("A column in quotes or brackets is one, also behind it the next begins")
    func splitting() {
        #expect(ColumnsPattern.split(Self.access.utf8).count == 7)
        #expect(ColumnsPattern.split("a \"\" [b c] d\n".utf8) == ["a", "", "b c", "d"])
        #expect(ColumnsPattern.split("  ".utf8).isEmpty)
    }

    @Test(
        "What is not understood is refused",
        arguments: [
            "a-b", "a@b", "(a)", "\"open", "%open", "%%", "%(a)%", "%a!%", "%ü%", "%a\\%", "%\\q%", "%[a%", "%a{2%",
            "%[\\D]%", "%\\x4%", "-", "?",
            "{", "{}", "{ }", "{ $ = 1 }", "{ $.a }", "{ $.a = }", "{ a = 1 }", "{ $.a = 1", "{ $.a = 1 } x",
            "{ $.a[x] = 1 }", "{ $.a > \"x\" }",
            "{ $.a = 1 && }", "{ $.a = 1 || || $.b = 1 }", "{ ($.a = 1 }", "{ $.a = %x% && $.b = %y% && $.c = %z% }",
            "{ $.a IS }", "{ $.a = %(% }",
            "[", "[a", "[a b]", "[a=]", "[a > x]", "[a = 1 && b = 2]", "[..., ...]", "[a] b", "[a = 1 ||]", "[(a = 1]",
            "[=5]", "%a% %b% %c%",
        ])
    func refused(_ pattern: String) {
        #expect(throws: LogFilterError.self) { try LogFilter(pattern: pattern) }
    }

    @Test("Patterns without end are refused instead of filling the stack")
    func bounds() {
        for pattern in [
            String(repeating: "a ", count: 600), "{ " + String(repeating: "(", count: 900) + "$.a = 1 }",
            "[" + String(repeating: "(", count: 900) + "a = 1]", "[" + String(repeating: "a,", count: 400) + "a]",
        ] {
            #expect(throws: LogFilterError.self) { try LogFilter(pattern: pattern) }
        }
    }

    @Test("Selectors give the values of JSON and of columns")
    func values() throws {
        let json = try LogFilter(pattern: "{ $.n > 5 && $.user.id = 1 }")
        #expect(json.value("$.n", in: Array(Self.event.utf8)) == "5.5")
        #expect(json.value("$.none", in: Array(Self.event.utf8)) == nil)
        #expect(
            json.values(in: Array(Self.event.utf8)).map { "\($0.selector)=\($0.value)" } == ["$.n=5.5", "$.user.id=1"])
        let columns = try LogFilter(pattern: "[ip, ..., status, bytes]")
        #expect(columns.value("$bytes", in: Array(Self.access.utf8)) == "1534")
        #expect(columns.value("$ip", in: Array(Self.access.utf8)) == "127.0.0.1")
        #expect(columns.value("$3", in: Array(Self.access.utf8)) == "frank")
        #expect(columns.hasSelector("$status"))
        #expect(!columns.hasSelector("$other"))
    }
}
