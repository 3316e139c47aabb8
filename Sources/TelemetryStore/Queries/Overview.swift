package import Telemetry

/// All functions over a window: the Functions screen.
package struct Overview: Hashable, Sendable {
    package var window: TimeWindow
    package var functions: [FunctionSummary] = []
    /// Over all functions.
    package var invocations = 0
    package var errors = 0
    package var throttles = 0
    package var coldStarts = 0
    package var inFlight = 0
    package var latency: Percentiles?
    package var health = StoreHealth()
    package var executions = ExecutionOverview()
    package var alarms = AlarmOverview()

    /// The part of the window in which something could be seen: what rates are measured over.
    package var observed: Microseconds {
        guard let first = health.firstEvent, first > window.start else { return window.length }
        return max(window.end - first, .seconds(1))
    }

    package init(window: TimeWindow) { self.window = window }
}

/// How the store and its sources are.
package struct StoreHealth: Hashable, Sendable {
    package var sources: [SourceState] = []
    package var gaps: [Gap] = []
    /// When the first thing happened that the store knows of.
    package var firstEvent: Timestamp?
    package var logLines = 0
    package var logBytes = 0
    package var logCapBytes = 0
    /// What left because a cap was reached, by kind (`log`, `invocation`).
    package var evicted: [String: Int] = [:]

    package init() {}
}

/// A source as the top line shows it.
package struct SourceState: Hashable, Sendable {
    package enum Link: Hashable, Sendable {
        case connecting
        /// Connected: what happened before is still on its way.
        case catchingUp
        case live
        /// Lost; tries again. The text says what went wrong.
        case lost(String)
    }

    /// `local`, or the address.
    package var name: String
    package var link: Link

    package init(name: String, link: Link) {
        self.name = name
        self.link = link
    }
}
