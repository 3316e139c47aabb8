package import JSON
package import Telemetry

/// Which traces are asked for.
package struct TraceQuery: Hashable, Sendable {
    package enum Filter: String, Hashable, Sendable, CaseIterable {
        case all, failed, running
    }

    package var filter: Filter
    /// Only traces that such a thing began.
    package var kind: Trace.Kind?
    /// A part of a name or id in it, or of an error; without regard to case.
    package var words: String
    /// Traces that took less are left out.
    package var slowerThan: Microseconds?
    /// When they began.
    package var window: TimeWindow?
    /// How many of the newest are left out.
    package var offset: Int
    package var limit: Int

    package init(
        filter: Filter = .all, kind: Trace.Kind? = nil, words: String = "", slowerThan: Microseconds? = nil,
        window: TimeWindow? = nil, offset: Int = 0, limit: Int = 200
    ) {
        self.filter = filter
        self.kind = kind
        self.words = words
        self.slowerThan = slowerThan
        self.window = window
        self.offset = offset
        self.limit = limit
    }
}

/// A part of the list of traces, newest first.
package struct TracePage: Hashable, Sendable {
    package var rows: [TraceRow] = []
    package var offset = 0
    /// How many the query matches.
    package var matching = 0
    /// Of all that the query would match without its filter.
    package var all = 0
    package var failed = 0
    package var running = 0

    package init() {}
}

/// A trace in a list.
package struct TraceRow: Hashable, Sendable {
    package var id: String
    package var kind: Trace.Kind
    package var name: String
    package var start: Timestamp
    /// Of all that is known of it so far.
    package var duration: Microseconds
    package var isRunning: Bool
    /// Of what began it.
    package var status: Trace.Status
    /// Until that had its answer.
    package var responseTime: Microseconds
    /// The worst of all its spans.
    package var worst: Trace.Status
    package var error: String?
    package var httpStatus: Int?
    package var method: String?
    package var path: String?
    package var clientIP: String?
    package var spanCount: Int
    /// The names of APIs, functions, state machines and tables; what it began with comes first.
    package var services: [String]
    /// Of segments that programs sent.
    package var annotations: [Annotation] = []

    package struct Annotation: Hashable, Sendable {
        package var name: String
        package var value: JSON
    }

    init(
        id: String, kind: Trace.Kind, name: String, start: Timestamp, duration: Microseconds, isRunning: Bool,
        status: Trace.Status, responseTime: Microseconds, worst: Trace.Status, spanCount: Int, services: [String]
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.start = start
        self.duration = duration
        self.isRunning = isRunning
        self.status = status
        self.responseTime = responseTime
        self.worst = worst
        self.spanCount = spanCount
        self.services = services
    }
}
