package import Telemetry

/// The time that tables live by: the real one, or one that tests move.
package protocol TableClock: Sendable {
    func now() -> Timestamp
    /// Does something after a while.
    ///
    /// - Returns: takes it back; without effect when it is done already.
    func schedule(after delay: Microseconds, _ body: @escaping @Sendable () -> Void) -> @Sendable () -> Void
}

/// The time of day.
package struct DayClock: TableClock {
    package init() {}

    package func now() -> Timestamp { .now() }

    package func schedule(
        after delay: Microseconds, _ body: @escaping @Sendable () -> Void
    ) -> @Sendable () -> Void {
        let task = Task {
            do { try await Task.sleep(for: .microseconds(delay.count)) } catch { return }
            body()
        }
        return { task.cancel() }
    }
}
