import Telemetry

extension Microseconds {
    /// Between two events of a history. What is decided in one go has one time: it took less than can be told, and not
    /// nothing.
    var spanText: String { count == 0 ? "<1 ms" : text }
}
