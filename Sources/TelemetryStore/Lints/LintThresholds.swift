import Telemetry

/// From when on something is worth a person's time, each with its reason.
enum LintThresholds {
    /// With 80 % of the timeout gone at p99, a slow minute of a database makes one in a hundred fail.
    static let timeoutShare = 0.8
    /// A p99 of fewer is the one slowest invocation.
    static let percentileCount = 20
    /// Above 90 % of its memory a function is one larger event away from being killed.
    static let memoryShare = 0.9
    /// Below a quarter, half the memory would do even with a doubled peak.
    static let unusedMemoryShare = 0.25
    /// Below 512 MiB there is little to save.
    static let bigMemoryMiB = 512
    /// Peaks are rare: fewer invocations say nothing of them.
    static let memoryCount = 50
    /// AWS sees cold starts in under 1 % of the invocations of typical production workloads (Lambda developer guide,
    /// "Cold starts and latency"): one in five is out of the ordinary.
    static let coldShare = 0.2
    static let coldCount = 50
    /// Functions that are called more seldom lose their environments in between; that is no storm.
    static let coldRatePerMinute = 10.0
    /// A person notices a second.
    static let longInit = Microseconds.seconds(1)
    /// Shorter ones matter only beside the time of the handler …
    static let notableInit = Microseconds.milliseconds(400)
    static let initShare = 0.5
    /// … and when more than a few invocations wait for them.
    static let initColdShare = 0.05
    /// One in a hundred refused is felt by those who call.
    static let throttleShare = 0.01
    /// The last sixth of the window is compared with the rest.
    static let burstParts = 6
    static let burstErrors = 5
    static let burstCount = 20
    static let burstShare = 0.05
    static let burstFactor = 3.0
    /// CloudWatch Logs takes money by the gigabyte, and nobody reads 10,000 lines of one call.
    static let floodLines = 10_000
    /// A function that was deployed just now was not yet called, either.
    static let neverCalledAfter = Microseconds.seconds(300)
    /// Once, or once more in the halves, may be chance; then the records themselves are what it fails on.
    static let standingFailures = 3
    /// Halving alone takes less.
    static let standingTime = Microseconds.seconds(5)
    /// A Task has three attempts by default in AWS's examples; more in one execution means that retries are its normal way.
    static let executionRetries = 5
    /// A state that polls is visited a few times; fifty times is a loop that costs a transition each.
    static let loopVisits = 50

    // What is looked at, so that looking costs little however much happened.

    /// The newest invocations.
    static let invocations = 20_000
    /// Chunks of the log, of a mebibyte each.
    static let logChunks = 16
    /// The newest executions, and the states of each.
    static let executions = 2000
    static let visits = 2000
}
