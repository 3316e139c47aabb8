import Telemetry

extension TelemetryStore {
    package func apis(_ window: TimeWindow, buckets: Int) -> APIOverview {
        var overview = apis.overview(window, buckets: buckets)
        overview.firstEvent = health.firstEvent
        return overview
    }

    package func apiRequests(_ query: APIRequestQuery) -> APIRequestPage { apis.page(query) }

    package func apiRequest(_ id: String) -> APIRequestDetail? {
        guard let record = apis[id] else { return nil }
        return APIRequestDetail(
            request: record.request, time: record.time,
            invocation: record.request.invocation.flatMap { invocations[$0] },
            trace: trace(TraceHeader(record.request.traceHeader).root))
    }
}
