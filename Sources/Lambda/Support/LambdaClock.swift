package import Telemetry

/// The time that asynchronous invocations and event sources live by: the real one, or one that tests move.
package protocol LambdaClock: Sendable {
    func now() -> Timestamp
    /// - Returns: whether the time is over; `false` when the task was cancelled.
    func sleep(_ duration: Microseconds) async -> Bool
}

/// The time of day.
package struct WallClock: LambdaClock {
    package init() {}

    package func now() -> Timestamp { .now() }

    package func sleep(_ duration: Microseconds) async -> Bool {
        (try? await Task.sleep(for: .microseconds(max(duration.count, 0)))) != nil
    }
}
