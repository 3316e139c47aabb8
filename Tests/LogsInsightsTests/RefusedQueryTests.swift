import Testing

@testable import LogsInsights

struct RefusedQueryTests {
    @Test(
        "What is not understood is refused, and the word is named",
        arguments: [
            ("", "unexpected end"), ("|", "unexpected end"), ("fieds @message", "fieds is no command"),
            ("fields @message |", "a command is expected"), ("fields", "unexpected end"),
            ("fields a b", "unexpected symbol found b"),
            ("filter", "unexpected end"), ("filter a =", "unexpected end"), ("filter a = 'x", "closing '"),
            ("filter (a = 1", ") is expected"), ("filter a like 5", "a text in quotes"),
            ("filter a like /(/", ") is missing"),
            ("filter a like /x", "closing /"), ("filter nofn(a) = 1", "nofn is no function"),
            ("filter abs() = 1", "abs takes 1"),
            ("filter substr(a) = 'x'", "substr takes 2 to 3"), ("stats count(*) by", "unexpected end"),
            ("stats a", nil), ("stats level, count(*)", "level is neither an aggregate nor a group"),
            ("stats 'x'", "no aggregate"), ("stats avg(sum(a))", "another aggregate"),
            ("filter count(*) > 1", "in stats only"),
            ("fields count(*)", "stands in stats only"), ("sort avg(a)", "stands in stats only"),
            ("stats count(*) | stats count(*) | stats count(*)", "at most 2 stats"), ("stats pct(a)", ", is expected"),
            ("stats pct(a, 101)", "from 0 to 100"), ("limit 0", "whole number"), ("limit 10001", "whole number"),
            ("limit x", "whole number"), ("stats count(*) by bin(5)", "needs a period"),
            ("stats count(*) by bin(5x)", "5x is no period"),
            ("fields strlen(5m)", "takes no period"), ("parse @message 'a * b *' as x", "2 wildcards and 1 names"),
            ("parse @message 'a *'", "as and names are expected"), ("parse 'a *' as x", "parse needs a field"),
            ("parse @message /a(b)/", "no named group"), ("parse @message /(?<a>.)/ as x, y", "1 groups and 2 names"),
            ("pattern @message", "pattern is not served"), ("diff", "diff is not served"),
            ("anomaly", "anomaly is not served"),
            ("fields unmask(@message)", "unmask is not served"), ("head 5", "head is not served"),
            ("unnest x", "unnest is not served"),
            ("filter a = 1 ; b", "unexpected symbol found ;"), ("fields a as", "a name is expected"),
            ("filter and a", "unexpected symbol found and"),
            ("filter a =~ /(?=x)/", "looking ahead"), ("filter a =~ /(?<=x)/", "looking behind"),
            ("filter a =~ /(a)\\1/", "references back"),
            ("filter a =~ /a{2}{3}/", "repetition is repeated"), ("filter a in 5", "a list is expected"),
        ] as [(String, String?)])
    func refused(_ query: String, _ part: String?) {
        let error = #expect(throws: InsightsError.self) { try InsightsQuery(parsing: query) }
        if let part { #expect(error?.message.contains(part) == true, "\(error?.message ?? "")") }
        #expect(error.map { $0.range.upperBound <= max(query.utf8.count, 1) } == true)
    }

    @Test("Queries without end are refused instead of filling the stack")
    func bounds() {
        for query in [
            "filter " + String(repeating: "(", count: 5000), "filter " + String(repeating: "abs(", count: 2000),
            "filter a = " + String(repeating: "2^", count: 4000), String(repeating: "fields a|", count: 500),
            "filter a =~ /" + String(repeating: "(", count: 3000) + "/",
            "filter a =~ /((((a{1000}){1000}){1000}){1000})/",
            String(repeating: "x", count: 20_000), "fields " + String(repeating: "a,", count: 3000) + "a",
        ] {
            #expect(throws: InsightsError.self) { try InsightsQuery(parsing: query) }
        }
        #expect(throws: Never.self) { try InsightsQuery(parsing: "filter a =~ /(?:(?:(?:){1000}){1000}){1000}/") }
        #expect(throws: Never.self) {
            try InsightsQuery(parsing: "filter " + String(repeating: "not ", count: 2000) + "a")
        }
    }
}
