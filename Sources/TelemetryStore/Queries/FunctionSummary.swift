package import Telemetry

/// What happened to one function in a window: a row of the Functions screen.
package struct FunctionSummary: Hashable, Sendable {
    package var function: FunctionDescription
    /// Invocations that ended in the window, throttles not among them.
    package var invocations = 0
    package var errors = 0
    package var throttles = 0
    package var coldStarts = 0
    /// Invocations that run or wait now.
    package var inFlight = 0
    /// `nil` when nothing ended in the window.
    package var latency: Percentiles?
    /// Of the window's cold starts; `nil` without one.
    package var initLatency: Percentiles?
    /// Environments that live now, and those of them that are busy.
    package var environments = 0
    package var busyEnvironments = 0
    /// The most that any invocation of the window used; 0 when not known.
    package var maxMemoryUsedMiB = 0
    package var lastInvocation: Timestamp?
    /// The status of the last invocation that ended, also outside the window.
    package var lastStatus: InvocationEnd.Status?
    /// Counts over the window, for a sparkline.
    package var invocationSeries: [Int] = []
    package var errorSeries: [Int] = []

    package init(function: FunctionDescription) { self.function = function }

    /// Errors as a share of invocations, 0 to 1; `nil` without invocations.
    package var errorRate: Double? { invocations == 0 ? nil : Double(errors) / Double(invocations) }
    package var coldRate: Double? { invocations == 0 ? nil : Double(coldStarts) / Double(invocations) }
}

/// True percentiles (nearest rank) of the durations themselves; never made from other percentiles.
package struct Percentiles: Hashable, Sendable {
    package var p50: Microseconds
    package var p90: Microseconds
    package var p95: Microseconds
    package var p99: Microseconds
    package var max: Microseconds
    package var count: Int

    package init(
        p50: Microseconds,
        p90: Microseconds,
        p95: Microseconds,
        p99: Microseconds,
        max: Microseconds,
        count: Int
    ) {
        self.p50 = p50
        self.p90 = p90
        self.p95 = p95
        self.p99 = p99
        self.max = max
        self.count = count
    }
}
