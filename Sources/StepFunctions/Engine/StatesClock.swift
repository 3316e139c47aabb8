import Synchronization
package import Telemetry

/// The time that workflows live by: the real one, or one that tests move.
package protocol StatesClock: Sendable {
    func now() -> Timestamp
    /// Does something once at a time; at once when it is past.
    ///
    /// - Returns: takes it back; without effect when it is done already.
    func schedule(at time: Timestamp, _ body: @escaping @Sendable () -> Void) -> @Sendable () -> Void
}

/// The time of day.
package struct WallClock: StatesClock {
    package init() {}

    package func now() -> Timestamp { .now() }

    package func schedule(
        at time: Timestamp, _ body: @escaping @Sendable () -> Void
    ) -> @Sendable () -> Void {
        let task = Task {
            while true {
                let rest = time - .now()
                guard rest > .zero else { break }
                // Clocks are set and machines sleep: look again every now and then.
                let pause = min(rest.count, 60_000_000)
                do { try await Task.sleep(for: .microseconds(pause)) } catch { return }
            }
            guard !Task.isCancelled else { return }
            body()
        }
        return { task.cancel() }
    }
}
