import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

struct TraceScreenTests {
    private static let sizes = [(160, 48), (120, 40), (80, 24), (1, 1)]

    private static func stage<Played: Screen>(_ screen: Played, _ columns: Int, _ rows: Int) async -> Stage<Played> {
        let store = await TraceSample.store()
        let window = TimeWindow(last: .seconds(900), until: LogSample.now)
        let traces = await store.traces(TraceQuery())
        var known: [String: Trace] = [:]
        for row in traces.rows { known[row.id] = await store.trace(row.id) }
        let (found, map) = (known, await store.serviceMap(window))
        let (overview, page) = (
            await store.apis(window, buckets: 60), await store.apiRequests(APIRequestQuery(limit: 200))
        )
        let only = await store.apiRequests(APIRequestQuery(apiID: "a1b2c3", route: "POST /order", limit: 200))
        let request = await store.apiRequest("r-1")
        let place = TracePlace(id: TraceSample.root, span: "h")
        return Stage(screen, columns: columns, rows: max(rows - 3, 1)) { asked in
            switch asked {
            case .traces: .traces(traces)
            case .trace(let id): .trace(found[id])
            case .tracePlace: .tracePlace(place)
            case .serviceMap: .serviceMap(map)
            case .apis: .apis(overview)
            case .apiRequests(let query): .apiRequests(query.route == nil ? page : only)
            case .apiRequest: .apiRequest(request)
            default: nil
            }
        }
    }

    @Test(arguments: sizes)
    func drawsTheListOfTraces(_ columns: Int, _ rows: Int) async {
        expectFrame(await Self.stage(TracesScreen(), columns, rows).frame(), named: "traces-\(columns)x\(rows)")
    }

    @Test(arguments: sizes)
    func drawsTheMap(_ columns: Int, _ rows: Int) async {
        var stage = await Self.stage(TracesScreen(), columns, rows)
        stage.press(.character("v"))
        expectFrame(stage.frame(), named: "traces-map-\(columns)x\(rows)")
    }

    @Test(arguments: sizes)
    func drawsATrace(_ columns: Int, _ rows: Int) async {
        let stage = await Self.stage(TraceScreen(id: TraceSample.root, span: nil), columns, rows)
        expectFrame(stage.frame(), named: "trace-\(columns)x\(rows)")
    }

    @Test(arguments: sizes)
    func drawsTheAPIs(_ columns: Int, _ rows: Int) async {
        expectFrame(await Self.stage(APIsScreen(), columns, rows).frame(), named: "apis-\(columns)x\(rows)")
    }

    @Test(arguments: sizes)
    func drawsARequest(_ columns: Int, _ rows: Int) async {
        expectFrame(
            await Self.stage(APIRequestScreen(id: "r-1"), columns, rows).frame(), named: "request-\(columns)x\(rows)")
    }

    @Test func isReadableInASCII() async {
        let stage = await Self.stage(TraceScreen(id: TraceSample.root, span: nil), 120, 40)
        expectFrame(stage.frame(.ascii), named: "trace-ascii")
    }

    @Test func secretsAreMasked() async {
        let text = await Self.stage(APIRequestScreen(id: "r-1"), 160, 48).frame().text
        #expect(!text.contains("secret-token") && !text.contains("hunter2"))
        #expect(text.contains("allowed by users (JWT, 3.0 ms) as ada") || text.contains("allowed by users"))
    }

    @Test func errorsAreFoundAndSpansFolded() async {
        var stage = await Self.stage(TraceScreen(id: TraceSample.root, span: nil), 120, 40)
        stage.press(.character("e"))
        #expect(stage.screen.span?.name == "attempt 1")
        stage.press(.character("e"))
        #expect(stage.screen.span?.name == "process-payment")
        stage.press(.enter)
        #expect(stage.effects.last == .open(.invocation(RequestID(high: 7, low: 3))))
        stage.press(.character("g"), .down, .left)
        #expect(stage.screen.waterfall(LogSample.now)?.rows == [0, 1])
        stage.press(.right)
        #expect((stage.screen.waterfall(LogSample.now)?.rows.count ?? 0) > 5)
        stage.press(.character("z"))
        #expect(stage.screen.isZoomed)
        stage.press(.escape)
        #expect(!stage.screen.isZoomed && stage.effects.last != .back)
    }

    @Test func anInvocationLeadsToItsSpan() async {
        let stage = await Self.stage(TraceScreen(invocation: RequestID(high: 7, low: 3)), 120, 40)
        #expect(stage.screen.span?.id == "h")
    }

    @Test func enterOnARouteShowsItsRequestsAndThenOne() async {
        var stage = await Self.stage(APIsScreen(), 120, 40)
        stage.press(.enter)
        #expect(stage.screen.query.route == "POST /order")
        #expect(stage.screen.requestRows.map(\.requestID) == ["r-2", "r-1"])
        stage.press(.down, .character("T"))
        #expect(stage.effects.last == .open(.trace(TraceSample.root, span: nil)))
        stage.press(.enter)
        #expect(stage.effects.last == .open(.apiRequest("r-1")))
        stage.press(.escape)
        #expect(stage.screen.query.route == nil)
    }

    @Test(arguments: ["a1b2c3", "shop"])
    func anAPIIsShownAlone(_ api: String) async {
        let stage = await Self.stage(APIsScreen(api: api), 120, 40)
        #expect(stage.screen.query.apiID == "a1b2c3")
        #expect(!stage.screen.routes.order.isEmpty)
        #expect(stage.screen.routes.rows.values.allSatisfy { $0.apiID == "a1b2c3" })
        #expect(await Self.stage(APIsScreen(api: "none"), 120, 40).screen.routes.order.isEmpty)
    }

    @Test func requestsAreNarrowedToWhatIsUnderTheCursor() async {
        var stage = await Self.stage(APIsScreen(), 120, 40)
        stage.press(.character("f"), .character("r"))
        #expect(stage.screen.query.route == "POST /order")
        stage.press(.character("f"), .character("p"))
        #expect(stage.screen.query.words == "/order")
        stage.press(.character("F"), .character("f"), .character("x"))
        #expect(stage.screen.query.words.isEmpty && stage.screen.query.classes == [4, 5])
    }

    @Test func aRequestIsCopiedAsCurlAndLeadsOn() async {
        var stage = await Self.stage(APIRequestScreen(id: "r-1"), 120, 40)
        stage.press(.character("y"))
        guard case .offer(let choices)? = stage.effects.last else { return #expect(Bool(false)) }
        let curl = choices.first { $0.title == "curl" }?.text
        #expect(
            curl?.hasPrefix("curl -X POST http://a1b2c3.execute-api.localhost:4566/order") == true, "\(curl ?? "")")
        stage.press(.character("v"))
        #expect(stage.effects.last == .open(.invocation(RequestID(high: 7, low: 1))))
    }

    @Test func theMapLeadsToFunctions() async {
        var stage = await Self.stage(TracesScreen(), 160, 48)
        stage.press(.character("v"))
        for _ in 0..<4 where stage.screen.map.selectedNode?.kind != .function { stage.press(.down) }
        let name = stage.screen.map.selectedNode?.name ?? ""
        stage.press(.enter)
        #expect(["create-order", "nightly-report"].contains(name))
        #expect(stage.effects.last == .open(.function(name, .overview)))
    }
}
