package import Telemetry

/// All tables over a window: the Data screen.
package struct TablesOverview: Hashable, Sendable {
    package var window: TimeWindow
    /// The part of the window in which something could be seen: what rates are measured over.
    package var observed: Microseconds
    /// By name.
    package var tables: [TableSummary] = []

    package init(window: TimeWindow, observed: Microseconds? = nil) {
        self.window = window
        self.observed = observed ?? window.length
    }
}

/// What happened to one table in a window: a row of the Data screen.
package struct TableSummary: Hashable, Sendable {
    package var table: TableDescription
    /// The table's service told of it; otherwise it is known from calls only, and its size is not.
    package var isDescribed = false
    /// Requests, by what they did.
    package var reads = 0
    package var writes = 0
    package var readUnits = 0.0
    package var writeUnits = 0.0
    package var throttles = 0
    package var conditionalFailures = 0
    /// Failures that are none of these.
    package var errors = 0
    /// Of all requests; `nil` without one.
    package var latency: Percentiles?
    /// Requests over the window, for sparklines.
    package var readSeries: [Int] = []
    package var writeSeries: [Int] = []
    package var errorSeries: [Int] = []
    package var hotKeys = HotKeys()
    package var lastCall: Timestamp?
    /// Event source mappings that read its stream.
    package var consumers = 0

    package init(table: TableDescription) { self.table = table }

    package var failures: Int { errors + throttles }
}

/// The partition keys that were asked for most.
package struct HotKeys: Hashable, Sendable {
    /// The hottest first.
    package var keys: [Key] = []
    /// All calls of those minutes that named a partition key.
    package var calls = 0
    /// What a key that was not counted can have come at most.
    package var bound = 0
    /// How many of the latest minutes these are of.
    package var minutes = 0

    package init() {}

    /// The part of the calls that a key had for certain.
    package func share(_ key: Key) -> Double? { calls > 0 ? Double(key.least) / Double(calls) : nil }

    package struct Key: Hashable, Sendable {
        package var key: String
        package var calls: Int
        /// The count is at most this much too high, and never too low.
        package var error: Int
        /// It came so often for certain.
        package var least: Int { calls - error }

        package init(key: String, calls: Int = 0, error: Int = 0) {
            self.key = key
            self.calls = calls
            self.error = error
        }
    }
}
