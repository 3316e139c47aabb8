package import Telemetry

/// All routes of all APIs over a window.
package struct APIOverview: Hashable, Sendable {
    package var window: TimeWindow
    package var apis: [APIDescription] = []
    /// By API and route.
    package var routes: [RouteSummary] = []
    /// When the first thing happened that the store knows of.
    package var firstEvent: Timestamp?

    package init(window: TimeWindow) { self.window = window }

    /// The part of the window in which something could be seen.
    package var observed: Microseconds {
        guard let firstEvent, firstEvent > window.start else { return window.length }
        return max(window.end - firstEvent, .seconds(1))
    }
}

/// One route over a window.
package struct RouteSummary: Hashable, Sendable {
    /// The API's id, or its name where there is no id.
    package var apiID: String
    package var api: String
    package var kind: String
    /// `POST /order`; empty for requests that no route fits.
    package var route: String
    /// What answers; empty when that is not known.
    package var target: String
    package var authorizer: String?
    package var classes = StatusClasses()
    package var latency: Percentiles?
    package var integration: Percentiles?
    /// Equal parts of the window.
    package var buckets: [Bucket] = []

    package struct Bucket: Hashable, Sendable {
        package var classes = StatusClasses()
        package var latency: Percentiles?

        package init() {}
    }

    /// Counts over the window, for a sparkline.
    package var series: [Int] { buckets.map(\.classes.total) }
    /// Of these, `5xx`.
    package var errorSeries: [Int] { buckets.map(\.classes.failures) }

    package init(apiID: String, api: String, kind: String = "", route: String, target: String = "") {
        self.apiID = apiID
        self.api = api
        self.kind = kind
        self.route = route
        self.target = target
    }
}

/// Which requests are asked for.
package struct APIRequestQuery: Hashable, Sendable {
    package var apiID: String?
    package var route: String?
    /// Status classes: 4 for `4xx`; empty for all.
    package var classes: Set<Int>
    /// A part of the path, the method, the function, the address or the error; without regard to case.
    package var words: String
    package var window: TimeWindow?
    /// How many of the newest are left out.
    package var offset: Int
    package var limit: Int

    package init(
        apiID: String? = nil, route: String? = nil, classes: Set<Int> = [], words: String = "",
        window: TimeWindow? = nil, offset: Int = 0, limit: Int = 200
    ) {
        self.apiID = apiID
        self.route = route
        self.classes = classes
        self.words = words
        self.window = window
        self.offset = offset
        self.limit = limit
    }
}

/// A part of the request log, newest first.
package struct APIRequestPage: Hashable, Sendable {
    package var rows: [APIRequestRow] = []
    package var offset = 0
    /// How many the query matches.
    package var matching = 0
    /// Of all that the query would match without its classes.
    package var classes = StatusClasses()

    package init() {}
}

/// A request in a list.
package struct APIRequestRow: Hashable, Sendable {
    package var requestID: String
    package var time: Timestamp
    package var apiID: String
    package var api: String
    package var route: String
    package var method: String
    package var path: String
    package var query: String
    package var status: Int
    package var latency: Microseconds
    package var integrationLatency: Microseconds
    package var function: String?
    package var sourceIP: String
    package var errorMessage: String?
    package var traceID: String

    init(_ record: APIArchive.Record) {
        let request = record.request
        (requestID, time, apiID, api) = (request.requestID, record.time, request.apiKey, request.api)
        (route, method, path, query) = (request.route, request.method, request.path, request.query)
        (status, latency, integrationLatency) = (request.status, request.latency, request.integrationLatency)
        (function, sourceIP, errorMessage) = (request.function, request.sourceIP, request.errorMessage)
        traceID = TraceHeader(request.traceHeader).root
    }
}

/// A request and what it caused.
package struct APIRequestDetail: Hashable, Sendable {
    package var request: APIRequest
    package var time: Timestamp
    package var invocation: InvocationRecord?
    package var trace: Trace?

    package init(request: APIRequest, time: Timestamp, invocation: InvocationRecord? = nil, trace: Trace? = nil) {
        self.request = request
        self.time = time
        self.invocation = invocation
        self.trace = trace
    }
}
