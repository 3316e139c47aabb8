/// How far an execution has come, state by state.
package struct ExecutionProgress: Hashable, Sendable {
    /// By name; states that are not in it were not reached.
    package var states: [String: StateProgress]
    /// The edges that were taken.
    package var taken: Set<TakenEdge>

    package init(states: [String: StateProgress] = [:], taken: Set<TakenEdge> = []) {
        self.states = states
        self.taken = taken
    }

    package subscript(name: String) -> StateProgress { states[name] ?? StateProgress() }
}

package struct TakenEdge: Hashable, Sendable {
    package var from: String
    package var to: String
    /// Whether it was taken because of an error.
    package var isCaught: Bool

    package init(from: String, to: String, isCaught: Bool = false) {
        self.from = from
        self.to = to
        self.isCaught = isCaught
    }
}

package struct StateProgress: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
        case notReached, running, succeeded, failed
        /// It failed, and the execution went on by a Catch.
        case caught
        /// Waiting for the next of some attempts.
        case retrying(attempt: Int, of: Int)
        case aborted
    }

    package var status: Status
    /// Microseconds of the last visit, so far.
    package var duration: Int64?
    /// How often it was entered.
    package var visits: Int
    /// Of a Map.
    package var iterations: IterationCounts?

    package init(
        _ status: Status = .notReached, duration: Int64? = nil, visits: Int = 0, iterations: IterationCounts? = nil
    ) {
        self.status = status
        self.duration = duration
        self.visits = visits
        self.iterations = iterations
    }
}

package struct IterationCounts: Hashable, Sendable {
    package var total: Int
    package var running: Int
    package var succeeded: Int
    package var failed: Int
    /// The one whose states are shown, from 0 on; `nil` where they are shown together.
    package var shown: Int?

    package init(total: Int, running: Int = 0, succeeded: Int = 0, failed: Int = 0, shown: Int? = nil) {
        self.total = total
        self.running = running
        self.succeeded = succeeded
        self.failed = failed
        self.shown = shown
    }
}
