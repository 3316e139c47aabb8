import Telemetry
import Testing

@testable import TelemetryStore

struct APITests {
    private static let time = Timestamp(microseconds: 1_767_225_600_000_000)

    private static func request(_ number: Int, _ status: Int, latency: Int64 = 10, route: String = "GET /a")
        -> TelemetryEvent
    {
        let request = APIRequest(
            requestID: "r\(number)", api: "orders", apiID: "i", route: route, method: "GET", path: "/a/\(number)",
            sourceIP: "10.0.0.\(number % 250)", status: status, latency: .milliseconds(latency),
            request: HTTPMessage(body: Payload(Array(repeating: 65, count: 1000))))
        return TelemetryEvent(.apiRequest(request), at: time + .milliseconds(Int64(number)))
    }

    private static let window = TimeWindow(start: time - .seconds(60), end: time + .seconds(60))

    @Test("A route's numbers are those of its requests: classes of status and true percentiles")
    func counts() async throws {
        let store = TelemetryStore()
        await store.ingest(
            [
                TelemetryEvent(
                    .apiChanged(
                        APIDescription(
                            id: "i", name: "orders", kind: "HTTP",
                            routes: [.init(key: "GET /a", target: "f"), .init(key: "POST /b", target: "g")])),
                    at: Self.time)
            ] + (1...100).map { Self.request($0, $0 <= 90 ? 200 : $0 <= 97 ? 404 : 502, latency: Int64($0)) })
        let overview = await store.apis(Self.window, buckets: 4)
        #expect(overview.routes.map(\.route) == ["GET /a", "POST /b"])
        let route = try #require(overview.routes.first)
        #expect((2...5).map { route.classes[$0] } == [90, 0, 7, 3])
        #expect(route.latency?.p50 == .milliseconds(50))
        #expect(route.latency?.p99 == .milliseconds(99))
        #expect(route.target == "f")
        #expect(route.series.reduce(0, +) == 100)
        #expect(route.errorSeries.reduce(0, +) == 3)
        #expect(overview.routes[1].latency == nil)
    }

    @Test("The log is filtered by API, route, class and text, newest first, and paged")
    func pages() async {
        let store = TelemetryStore()
        await store.ingest(
            (0..<50).map { Self.request($0, $0 % 10 == 0 ? 500 : 200, route: $0 < 25 ? "GET /a" : "GET /b") })
        let page = await store.apiRequests(APIRequestQuery(limit: 20))
        #expect(page.matching == 50)
        #expect(page.rows.first?.requestID == "r49")
        #expect(await store.apiRequests(APIRequestQuery(offset: 40, limit: 20)).rows.count == 10)
        #expect(await store.apiRequests(APIRequestQuery(apiID: "i", route: "GET /a")).matching == 25)
        #expect(await store.apiRequests(APIRequestQuery(apiID: "x")).matching == 0)
        let failed = await store.apiRequests(APIRequestQuery(classes: [5]))
        #expect(failed.matching == 5)
        #expect(failed.classes.total == 50)
        #expect(await store.apiRequests(APIRequestQuery(words: "/A/4")).matching == 11)
        #expect(await store.apiRequests(APIRequestQuery(words: "500")).matching == 5)
    }

    @Test("Bodies leave before requests do, both the oldest first; what left is counted")
    func caps() async {
        let store = TelemetryStore(payloadCap: 10_000, requestCap: 20)
        await store.ingest((0..<50).map { Self.request($0, 200) })
        #expect(await store.apiRequests(APIRequestQuery()).matching == 20)
        #expect(await store.storeHealth().evicted["apiRequest"] == 30)
        #expect(await store.apiRequest("r29") == nil)
        #expect(await store.apiRequest("r30")?.request.request.body.bytes.isEmpty == true)
        #expect(await store.apiRequest("r30")?.request.request.body.totalCount == 1000)
        #expect(await store.apiRequest("r49")?.request.request.body.bytes.count == 1000)
        let classes = await store.apis(Self.window, buckets: 1).routes.first?.classes
        #expect(classes?.total == 50)
    }
}
