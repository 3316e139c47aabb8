import Testing

@testable import LogsInsights

struct QueryTests {

    @Test(
        "Queries that people paste",
        arguments: [
            // Cold starts.
            Case(
                "filter @type = \"REPORT\" | stats count(@initDuration) as cold, count(*) as total, cold / total * 100 as share",
                "cold=2 total=10 share=20"),
            Case(
                "filter @type=\"REPORT\" | stats sum(strcontains(@message, \"Init Duration\")) / count(*) * 100 as coldStartPct, avg(@duration) by bin(5m)",
                "bin(5m)=2026-01-01 00:05:00.000 coldStartPct=20 avg(@duration)=84",
                "bin(5m)=2026-01-01 00:00:00.000 coldStartPct=20 avg(@duration)=31.5"),
            Case(
                "filter ispresent(@initDuration) | stats max(@initDuration), count() as n",
                "max(@initDuration)=101.5 n=2"),
            // Latency.
            Case(
                "filter @type = \"REPORT\" | stats pct(@duration, 90) as p90, pct(@duration, 95) as p95, pct(@duration, 99) as p99 by bin(5m)",
                "bin(5m)=2026-01-01 00:05:00.000 p90=105 p95=105 p99=105",
                "bin(5m)=2026-01-01 00:00:00.000 p90=52.5 p95=52.5 p99=52.5"),
            Case(
                "filter @type = \"REPORT\" | stats avg(@duration), max(@duration), min(@duration), median(@duration)",
                "avg(@duration)=57.75 max(@duration)=105 min(@duration)=10.5 median(@duration)=52.5"),
            // Memory: the query of the documentation.
            Case(
                """
                filter @type = "REPORT"
                    | stats max(@memorySize / 1000 / 1000) as provisonedMemoryMB,
                        min(@maxMemoryUsed / 1000 / 1000) as smallestMemoryRequestMB,
                        avg(@maxMemoryUsed / 1000 / 1000) as avgMemoryUsedMB,
                        max(@maxMemoryUsed / 1000 / 1000) as maxMemoryUsedMB,
                        provisonedMemoryMB - maxMemoryUsedMB as overProvisionedMB
                """,
                "provisonedMemoryMB=128 smallestMemoryRequestMB=40 avgMemoryUsedMB=76 maxMemoryUsedMB=112 overProvisionedMB=16"
            ),
            Case(
                "filter @type = \"REPORT\" and @maxMemoryUsed / @memorySize >= 0.8 | fields @requestId, @maxMemoryUsed | sort @maxMemoryUsed desc",
                "@requestId=00000000-0000-4000-8000-000000000009 @maxMemoryUsed=1.12E8",
                "@requestId=00000000-0000-4000-8000-000000000008 @maxMemoryUsed=1.04E8"),
            // Cost.
            Case(
                "filter @type = \"REPORT\" | fields @requestId, @billedDuration | sort by @billedDuration desc | limit 2",
                "@requestId=00000000-0000-4000-8000-000000000009 @billedDuration=110",
                "@requestId=00000000-0000-4000-8000-000000000008 @billedDuration=99"),
            Case("filter @type = 'REPORT' | stats sum(@billedDuration) as ms, ms / 1000 as s", "ms=605 s=0.605"),
            // Errors.
            Case(
                "filter level = 'ERROR' | stats count(*) as errors by @log",
                "@log=000000000000:/aws/lambda/pay errors=3"),
            Case(
                "fields @timestamp, msg | filter @message like /ERROR/ | sort @timestamp desc | limit 2",
                "@timestamp=2026-01-01 00:08:00.001 msg=order o-8", "@timestamp=2026-01-01 00:04:00.001 msg=order o-4"),
            Case(
                "stats count(*) as n by bin(5m) as t, @logStream | sort t, n desc, @logStream | limit 3",
                "t=2026-01-01 00:00:00.000 @logStream=s0 n=9", "t=2026-01-01 00:00:00.000 @logStream=s1 n=6",
                "t=2026-01-01 00:00:00.000 @logStream=web n=5"),
            Case(
                "stats count(*) by bin(5m)", "bin(5m)=2026-01-01 00:05:00.000 count(*)=20",
                "bin(5m)=2026-01-01 00:00:00.000 count(*)=20"),
            Case("filter @requestId = '00000000-0000-4000-8000-000000000003' | stats count(*) as lines", "lines=2"),
            Case(
                "fields @timestamp, @message | sort @timestamp desc | limit 1",
                "@timestamp=2026-01-01 00:09:30.000 @message=user=u1, method:PUT, latency := 90"),
            Case(
                "filter @message like 'latency' | parse @message \"user=*, method:*, latency := *\" as user, method, latency | stats avg(latency) as ms by method, user | sort method, user",
                "method=GET user=u0 ms=20", "method=GET user=u1 ms=20", "method=PUT user=u0 ms=70",
                "method=PUT user=u1 ms=70"),
            Case(
                "parse @message /user=(?<who>.*?), method:(?<verb>\\w+), latency := (?<ms>\\d+)/ | filter ms > 60 | stats count(*) as n, max(ms) as worst by verb, who | sort who",
                "verb=PUT who=u0 n=1 worst=80", "verb=PUT who=u1 n=2 worst=90"),
            Case(
                "filter @type = 'REPORT' | stats max(@duration) as worst by @logStream | sort worst desc",
                "@logStream=s1 worst=105", "@logStream=s0 worst=94.5"),
            Case("stats count_distinct(user.name) as users, count_distinct(user.id) as ids", "users=3 ids=10"),
            Case("filter @type = 'REPORT' and @duration > 100 | stats count(*) as slow", "slow=1"),
        ])
    func pasted(_ sample: Case) throws {
        #expect(try SampleLog.rows(sample.query) == sample.rows)
    }

    @Test(
        "Commands",
        arguments: [
            Case("fields msg | filter msg in ['order o-1', 'order o-3'] | sort msg", "msg=order o-1", "msg=order o-3"),
            Case(
                "fields msg | filter ispresent(msg) and user.id not in [0,1,2,3,4,5,6,7] | sort msg desc",
                "msg=order o-9", "msg=order o-8"
            ),
            Case("fields msg, user.id as id | filter id >= 8 | display id | sort id", "id=8", "id=9"),
            Case("fields user.id as id | filter id = 2 | fields id * 2 as twice", "id=2 twice=4"),
            Case(
                "filter ispresent(level) | dedup level | sort level | fields level, msg",
                "level=ERROR msg=order o-8", "level=INFO msg=order o-9"),
            Case(
                "filter ispresent(level) | sort @timestamp asc | dedup level | fields level, msg | sort level",
                "level=ERROR msg=order o-0", "level=INFO msg=order o-1"),
            Case("filter ispresent(level) | dedup level, user.name | stats count(*) as n", "n=6"),
            Case("filter ispresent(level) | sort amount desc | limit 3 | stats sum(amount) as total", "total=36"),
            Case("filter ispresent(level) | stats count(*) as n by user.name | filter n > 3", "user.name=u0 n=4"),
            Case(
                "filter ispresent(level) | stats count(*) by level | sort count(*) desc | limit 1",
                "level=INFO count(*)=7"),
            Case(
                "filter ispresent(level) | stats count(*) as n by level, user.name | stats max(n) as most, count(*) as groups",
                "most=3 groups=6"),
            Case(
                "filter ispresent(level) | stats count(*) as n by bin(2m) | stats avg(n) as mean", "mean=2"),
            Case("| filter level = 'ERROR' # only those\n # and more\n| stats count(*) as n", "n=3"),
            Case("FILTER level = 'ERROR' | STATS COUNT(*) AS n BY level", "level=ERROR n=3"),
            Case("stats latest(msg) as last, earliest(msg) as first", "last=order o-9 first=order o-0"),
            Case(
                "stats sortsFirst(msg) as a, sortsLast(msg) as z, min(msg) as low",
                "a=order o-0 z=order o-9 low=order o-0"),
            Case(
                "stats stddev(user.id) as s, sum(user.id) as t, pct(user.id, 50) as m, percentile(user.id, 100) as x",
                "s=2.8723 t=45 m=4 x=9"),
            Case("filter user.id < 2 | parse msg 'order *' as id | display id | sort id", "id=o-0", "id=o-1"),
            Case("filter user.id = 1 | parse msg /o-(\\d)/ as digit | display digit", "digit=1"),
            Case("filter user.id = 1 | parse msg 'nothing * here' as x | display msg, x", "msg=order o-1"),
            Case("filter user.id = 1 | parse @message '\"sku\":\"*\"' as sku | display sku", "sku=a1"),
            Case(
                "fields @logStream | filter @message like 'START' | sort @logStream, @timestamp desc | limit 1",
                "@logStream=s0"),
            Case("filter level = 'NONE' | stats count(*)"),
            Case("fields `dotted.name` | filter user.id = 1", "dotted.name=d1"),
            Case("stats count(*) as n by nothing", "n=40"),
        ])
    func commands(_ sample: Case) throws {
        #expect(try SampleLog.rows(sample.query) == sample.rows)
    }

    @Test("Without a limit the newest come first, each with a pointer, and no more than the answer holds")
    func defaults() throws {
        let result = try SampleLog.run("fields @message", limit: 3)
        #expect(result.rows.first?.values == ["user=u1, method:PUT, latency := 90"])
        #expect(result.recordsMatched == 40)
        #expect(result.rows.map(\.pointer) == [40, 39, 38].map { LogPointer.text($0) })
        #expect(LogPointer.id(LogPointer.text(38)) == 38)
        let plain = try SampleLog.run("filter level = 'ERROR'")
        #expect(plain.columns == ["@timestamp", "@message"])
        let parsed = try SampleLog.run("parse @message 'user=*,' as who")
        #expect(parsed.columns == ["@timestamp", "@message", "who"])
    }

    @Test("A column of spans of time is known as such")
    func timeColumn() throws {
        let result = try SampleLog.run("stats count(*) as n by @log, bin(5m)")
        #expect(result.timeColumn == 1)
        #expect(result.rows.first?.time == SampleLog.start + 300_000)
        #expect(try SampleLog.run("fields @timestamp").timeColumn == nil)
    }

    @Test("Too many groups end a query with a reason")
    func manyGroups() throws {
        let lines = (0..<100_001).map { SampleLog.Line(text: "\($0)", milliseconds: 0, group: "g", stream: "s") }
        let result = try SampleLog.run("stats count(*) by @message", lines: lines)
        #expect(result.failure?.contains("100000 groups") == true)
        #expect(result.rows.isEmpty)
    }
}
