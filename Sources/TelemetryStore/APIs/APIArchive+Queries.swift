import Telemetry

extension APIArchive {
    func overview(_ window: TimeWindow, buckets: Int) -> APIOverview {
        var overview = APIOverview(window: window)
        overview.apis = descriptions.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        var keys = Set(routes.keys)
        var declared: [RouteKey: APIDescription.Route] = [:]
        for api in overview.apis {
            for route in api.routes {
                let key = RouteKey(api: api.id, route: route.key)
                declared[key] = route
                keys.insert(key)
            }
        }
        let names = recentNames
        for key in keys.sorted() {
            let log = routes[key] ?? SecondLog()
            // Of an API that is gone only what it answered in the window is of interest.
            guard descriptions[key.api] != nil || !log.within(window).isEmpty else { continue }
            let api = descriptions[key.api]
            var summary = RouteSummary(
                apiID: key.api, api: api?.name ?? names[key.api] ?? key.api, kind: api?.kind ?? "", route: key.route,
                target: declared[key]?.target ?? "")
            summary.authorizer = declared[key]?.authorizer
            Self.fill(&summary, from: log, window, buckets: buckets)
            overview.routes.append(summary)
        }
        return overview
    }

    /// The names of APIs that were not described.
    private var recentNames: [String: String] {
        var names: [String: String] = [:]
        for record in records.suffix(2000) { names[record.request.apiKey] = record.request.api }
        return names
    }

    private static func fill(
        _ summary: inout RouteSummary, from log: SecondLog<RouteSecond>, _ window: TimeWindow, buckets: Int
    ) {
        let count = max(buckets, 1)
        var durations: [UInt32] = []
        var integrations: [UInt32] = []
        var parts = [[UInt32]](repeating: [], count: count)
        summary.buckets = Array(repeating: RouteSummary.Bucket(), count: count)
        let length = max(window.length.count, 1)
        for second in log.within(window) {
            summary.classes.add(second.classes)
            durations += second.durations
            integrations += second.integrations
            let into = second.second &* 1_000_000 &- window.start.microseconds
            let place = min(max(Int(Double(into) / Double(length) * Double(count)), 0), count - 1)
            summary.buckets[place].classes.add(second.classes)
            parts[place] += second.durations
        }
        for place in parts.indices { summary.buckets[place].latency = Percentiles(parts[place]) }
        summary.latency = Percentiles(durations)
        summary.integration = Percentiles(integrations)
    }

    /// Newest first.
    func page(_ query: APIRequestQuery) -> APIRequestPage {
        var page = APIRequestPage()
        page.offset = query.offset
        let words = query.words.lowercased()
        for record in records.reversed() {
            let request = record.request
            if let window = query.window, !window.contains(record.time) { continue }
            guard query.apiID == nil || request.apiKey == query.apiID else { continue }
            guard query.route == nil || request.route == query.route else { continue }
            guard words.isEmpty || request.matches(words) else { continue }
            page.classes.add(status: request.status)
            guard query.classes.isEmpty || query.classes.contains(StatusClasses.digit(of: request.status)) else {
                continue
            }
            page.matching += 1
            guard page.matching > query.offset, page.rows.count < query.limit else { continue }
            page.rows.append(APIRequestRow(record))
        }
        return page
    }
}

extension APIRequest {
    /// Everything that is typed, a number as a status as well.
    fileprivate func matches(_ words: String) -> Bool {
        let texts = [path, query, method, route, api, function ?? "", sourceIP, errorMessage ?? "", requestID]
        return String(status) == words || texts.contains { $0.lowercased().contains(words) }
    }
}
