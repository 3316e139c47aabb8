import Telemetry
import Terminal

extension Timestamp {
    /// `12:04:31.204`
    var clockText: String { Format.clock(microseconds: microseconds) }
    /// `12:04:31`
    var shortClockText: String { Format.time(microseconds: microseconds) }
}

extension Microseconds {
    /// `88 ms`, `1.24 s`
    var text: String { Format.duration(microseconds: count) }
}
