import Telemetry
import Testing

@testable import TelemetryStore

struct TableArchiveTests {
    private typealias Sample = TableSampleEvents
    private let window = TimeWindow(start: Sample.start, end: Sample.start + .seconds(60))

    private func store(_ events: [TelemetryEvent]) async -> TelemetryStore {
        let store = TelemetryStore()
        await store.ingest(events)
        return store
    }

    @Test("A table's row has what its calls did, and true percentiles")
    func summary() async throws {
        var events = (1...100).map { Sample.call("GetItem", second: 5, latency: $0, read: 0.5) }
        events += [
            Sample.call("PutItem", second: 6, latency: 400, write: 2),
            Sample.call("PutItem", second: 6, status: 400, error: "ConditionalCheckFailedException"),
            Sample.call("PutItem", second: 7, status: 400, error: "ProvisionedThroughputExceededException"),
            Sample.call("Query", second: 8, status: 400, error: "ValidationException", index: "by-user"),
            Sample.call("PutItem", second: 61),
            Sample.call("GetItem", "users", second: 5),
        ]
        let overview = await store(events).tables(window, buckets: 6)
        #expect(overview.tables.map(\.table.name) == ["orders", "users"])
        let row = try #require(overview.tables.first)
        #expect(row.reads == 101 && row.writes == 3)
        #expect(row.readUnits == 50 && row.writeUnits == 2)
        #expect(row.conditionalFailures == 1 && row.throttles == 1 && row.errors == 1)
        #expect(row.readSeries == [101, 0, 0, 0, 0, 0] && row.writeSeries == [3, 0, 0, 0, 0, 0])
        #expect(row.errorSeries == [2, 0, 0, 0, 0, 0])
        #expect(row.latency?.max == .milliseconds(400))
        #expect(row.latency?.count == 104)
        #expect(!row.isDescribed)
    }

    @Test("Operations are told apart by index, the busiest first")
    func operations() async throws {
        let events =
            [Sample.call("Query", latency: 9), Sample.call("Query", latency: 3, index: "by-user")]
            + (1...4).map { _ in Sample.call("Query", index: "by-user", items: 25) }
        let detail = try #require(await store(events).table("orders", in: window, buckets: 10))
        #expect(detail.operations.map(\.index) == ["by-user", nil])
        #expect(detail.operations[0].calls == 5 && detail.operations[0].items == 101)
        #expect(detail.operations[1].latency?.p50 == .milliseconds(9))
        #expect(detail.buckets[0].reads == 6 && detail.buckets[0].readLatency?.count == 6)
        #expect(detail.buckets[1].readLatency == nil)
    }

    @Test("A table is named by its ARN as well, and one that is not there is no table")
    func names() async {
        let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/orders"
        let store = await store([
            Sample.call("GetItem", arn), Sample.call("GetItem", arn + "/index/by-user"),
            Sample.call("GetItem", "nowhere", status: 400, error: "ResourceNotFoundException"),
            Sample.call("ListTables", ""),
        ])
        #expect(await store.tables(window, buckets: 1).tables.map(\.table.name) == ["orders"])
        #expect(await store.tables(window, buckets: 1).tables.map(\.reads) == [2])
    }

    @Test("A table that was deleted is not listed until it is made again")
    func deletion() async {
        let store = await store([Sample.call("GetItem")])
        await store.ingest([TelemetryEvent(.tableDeleted(name: "orders"), at: Sample.start)])
        await store.ingest([Sample.call("GetItem", second: 1)])
        #expect(await store.tables(window, buckets: 1).tables.isEmpty)
        let description = TableDescription(name: "orders", items: 7, streamARN: Sample.stream)
        await store.ingest([TelemetryEvent(.tableChanged(description), at: Sample.start)])
        let row = await store.tables(window, buckets: 1).tables.first
        #expect(row?.table.items == 7 && row?.isDescribed == true && row?.reads == 2)
    }

    @Test("The calls of a table name the invocation that made them")
    func callers() async {
        let id = RequestID(high: 1, low: 2)
        var start = InvocationStart(requestID: id, function: "record-order", trigger: "POST /order")
        start.traceHeader = "Root=1-abc;Parent=0123;Sampled=1"
        let store = await store([
            TelemetryEvent(.invocationStarted(start), at: Sample.start),
            Sample.call("PutItem", second: 1, trace: "Root=1-abc;Parent=0123;Sampled=1;Lineage=x"),
            Sample.call("GetItem", second: 2, trace: "Root=1-abc;Parent=9999"),
            Sample.call("Scan", second: 3),
        ])
        let calls = await store.tableCalls("orders")
        #expect(calls.map(\.call.operation) == ["Scan", "GetItem", "PutItem"])
        #expect(calls.map(\.function) == [nil, nil, "record-order"])
        #expect(calls.last?.invocation == id)
    }

    @Test("A call that a state made by itself names the state and its execution")
    func states() async {
        let attempt = TraceHeader.segment(of: 3, in: "e")
        let call = TraceEvents.call("dynamodb", "PutItem", "orders", caller: attempt, span: "c9", latency: 2)
        let stranger = TraceEvents.call("dynamodb", "GetItem", "orders", caller: "zz", span: "c8", latency: 2)
        let store = await TraceEvents.stored(
            TraceEvents.chain() + [TraceEvents.at(54, .call(call)), TraceEvents.at(55, .call(stranger))])
        let calls = await store.tableCalls("orders")
        #expect(calls.map(\.call.operation) == ["GetItem", "PutItem"])
        #expect(calls.map(\.execution?.execution) == [nil, "e1"])
        #expect(calls.last?.execution?.state == "Charge" && calls.last?.execution?.event == 3)
        #expect(calls.allSatisfy { $0.function == nil })
    }

    @Test("Beyond the cap the oldest seconds leave, are counted, and the weight stays what the tables weigh")
    func cap() {
        var archive = TableArchive(cap: 64 * 1024)
        for second in 0..<2000 {
            guard case .call(let call) = Sample.call("GetItem", "t\(second % 3)", key: "k\(second % 7)").kind else {
                continue
            }
            archive.take(call, at: Sample.start + .seconds(Int64(second)))
        }
        #expect(archive.weight * 4 <= 64 * 1024 + 4 * HotKeyMinutes.weightOfMinute)
        #expect(archive.weight == archive.tables.values.reduce(0) { $0 + $1.weight })
        #expect((archive.evicted["table second"] ?? 0) > 1000)
        let seconds = archive.tables.values.flatMap { $0.series.flatMap { $0.seconds.seconds.map(\.second) } }
        #expect(seconds.max() == Sample.start.seconds + 1999)
    }

    @Test("Only so many calls and operations of a table are kept")
    func bounds() {
        var state = TableState("orders")
        for number in 0..<500 {
            let call = ServiceCall(service: "dynamodb", operation: "Op\(number)", latency: .zero)
            _ = state.take(call, at: Sample.start)
        }
        #expect(state.calls.count == TableState.callsKept)
        #expect(state.series.count == 200)
    }
}
