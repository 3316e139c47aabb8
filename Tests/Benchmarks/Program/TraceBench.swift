import Dashboard
import Telemetry
import TelemetryStore
import Terminal

/// What the lists, one trace and the map cost when ten thousand traces are kept, each with ten spans.
enum TraceBench {
    private static let count = 10_000

    static func rows() async throws -> [Row] {
        let store = TelemetryStore()
        let start = Timestamp.now() - .seconds(600)
        let batches = (0..<count).map { events(of: $0, at: start + .milliseconds(Int64($0) * 50)) }
        let ingest = await ContinuousClock().measure { for batch in batches { await store.ingest(batch) } }
        let window = TimeWindow(last: .seconds(900), until: .now())
        var (lists, trees, maps, draws): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        for round in 0..<20 {
            var page = TracePage()
            lists.append(await ContinuousClock().measure { page = await store.traces(TraceQuery()) }.milliseconds)
            var trace: Trace?
            let id = root(round * 499)
            trees.append(await ContinuousClock().measure { trace = await store.trace(id) }.milliseconds)
            maps.append(await ContinuousClock().measure { _ = await store.mapped(window) }.milliseconds)
            guard page.matching == count, trace?.spans.count == 10 else {
                throw BenchError(description: "the traces are not whole: \(page.matching), \(trace?.spans.count ?? 0)")
            }
            let size = Size(columns: 160, rows: 48)
            var frame: Frame?
            draws.append(
                await ContinuousClock().measure {
                    frame = await DashboardPicture.frame(
                        of: .trace(id, span: nil), size: size, reader: store, settings: DashboardSettings())
                }.milliseconds)
            guard frame?.text.contains("PutItem") == true else {
                throw BenchError(description: "the waterfall is empty")
            }
        }
        return [
            Row(name: "trace-ingest", value: Double(count * 13) / (ingest.milliseconds / 1000)),
            Row(name: "trace-list", value: lists.median), Row(name: "trace-tree", value: trees.median),
            Row(name: "trace-map", value: maps.median), Row(name: "trace-screen", value: draws.median),
        ]
    }

    private static func root(_ number: Int) -> String { "1-67891233-\(100_000_000_000_000 + number)" }

    private static func events(of number: Int, at time: Timestamp) -> [TelemetryEvent] {
        let root = root(number)
        func header(_ segment: String) -> String { "Root=\(root);Parent=\(segment);Sampled=1" }
        var events = [
            TelemetryEvent(
                .apiRequest(
                    APIRequest(
                        requestID: "r\(number)", api: "shop", route: "POST /order", method: "POST", path: "/order",
                        status: 200, latency: .milliseconds(40), traceHeader: header("a"))), at: time)
        ]
        for (place, parent) in ["a", "f0", "f0"].enumerated() {
            let id = RequestID(high: UInt64(number), low: UInt64(place))
            events.append(
                TelemetryEvent(
                    .invocationStarted(
                        InvocationStart(
                            requestID: id, function: "function-\(place)", trigger: "", traceHeader: header("f\(place)"),
                            parentID: parent)), at: time + .milliseconds(Int64(place) + 1)))
            events.append(
                TelemetryEvent(
                    .invocationFinished(
                        InvocationEnd(
                            requestID: id, function: "function-\(place)", status: .success, duration: .milliseconds(20))
                    ),
                    at: time + .milliseconds(30)))
            for call in 0..<2 {
                events.append(
                    TelemetryEvent(
                        .call(
                            ServiceCall(
                                service: "dynamodb", operation: "PutItem", resource: "table-\(call)",
                                latency: .milliseconds(2), traceHeader: header("f\(place)"), spanID: "c\(place)\(call)")
                        ),
                        at: time + .milliseconds(Int64(place + call) + 5)))
            }
        }
        return events
    }
}
