package import Telemetry

/// A span of time that is looked at.
package struct TimeWindow: Hashable, Sendable {
    package var start: Timestamp
    /// Not included.
    package var end: Timestamp

    package init(start: Timestamp, end: Timestamp) {
        self.start = start
        self.end = max(start, end)
    }

    package init(last length: Microseconds, until end: Timestamp) {
        self.init(start: end - length, end: end)
    }

    /// All times that there are.
    package static let unbounded = TimeWindow(
        start: Timestamp(microseconds: .min), end: Timestamp(microseconds: .max))

    package var length: Microseconds { end - start }

    package func contains(_ time: Timestamp) -> Bool { start <= time && time < end }
}
