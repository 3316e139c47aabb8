package import Telemetry

/// Which lines of a stream count: those from an id and from a time on.
package struct LogReach: Hashable, Sendable {
    package var firstID: UInt64
    package var earliest: Timestamp

    package init(firstID: UInt64 = 0, earliest: Timestamp = Timestamp(microseconds: .min)) {
        self.firstID = firstID
        self.earliest = earliest
    }

    func holds(_ time: Int64, _ id: UInt64) -> Bool { id >= firstID && time >= earliest.microseconds }
}
