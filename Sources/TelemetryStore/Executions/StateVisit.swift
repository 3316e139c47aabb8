package import Telemetry

/// A state that an execution entered: once each time, and once in each iteration of a Map.
package struct StateVisit: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case running
        case succeeded
        /// It failed, and a `Catch` led on.
        case caught
        case failed
        case timedOut
        case aborted
    }

    /// Its place in ``HistoryProgress/visits``.
    package let index: Int
    package let name: String
    /// `Task`, `Choice`, …: of the event's type.
    package let kind: String
    /// The Parallel or Map around it.
    package let parent: Int?
    /// The iteration of the Map that is its parent.
    package let iteration: Int?
    /// Neither it nor what is around it is in a Map.
    package let isOutside: Bool
    /// The visit before it in the same flow.
    package let previous: Int?
    package let enteredEvent: Int
    package let entered: Timestamp
    package var exitedEvent: Int?
    package var ended: Timestamp?
    package var status = Status.running
    package var attempts: [StateAttempt] = []
    /// By index; only of Maps.
    package var iterations: [MapIteration] = []
    /// How many items a Map has.
    package var length: Int?
    package var mapRunARN: String?
    package var error: String?
    package var cause: String?
    /// The event that says why it failed.
    package var failureEvent: Int?

    init(
        index: Int, name: String, kind: String, parent: Int?, iteration: Int?, isOutside: Bool, previous: Int?,
        enteredEvent: Int, entered: Timestamp
    ) {
        self.index = index
        self.name = name
        self.kind = kind
        self.parent = parent
        self.iteration = iteration
        self.isOutside = isOutside
        self.previous = previous
        self.enteredEvent = enteredEvent
        self.entered = entered
    }

    package var isOpen: Bool { status == .running }
    /// Other states are inside of it.
    package var isContainer: Bool { kind == "Map" || kind == "Parallel" }
    package var isFailure: Bool { status == .failed || status == .timedOut }
    /// How often it was tried again.
    package var retries: Int { max(attempts.count - 1, 0) }
    /// The last attempt failed, and the state goes on: it waits before it tries again.
    package var isWaitingToRetry: Bool {
        isOpen && (attempts.last.map { !$0.isOpen && $0.status != .succeeded } ?? false)
    }
}

/// One try of a Task.
package struct StateAttempt: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable {
        case running, succeeded, failed, timedOut, aborted
    }

    package var scheduled: Timestamp
    package var scheduledEvent: Int
    package var started: Timestamp?
    package var ended: Timestamp?
    package var endEvent: Int?
    package var status = Status.running
    package var error: String?
    package var cause: String?

    init(scheduled: Timestamp, event: Int) {
        self.scheduled = scheduled
        scheduledEvent = event
    }

    package var isOpen: Bool { status == .running }
}

/// One item of a Map.
package struct MapIteration: Hashable, Sendable {
    package var started: Timestamp
    package var startedEvent: Int
    package var ended: Timestamp?
    package var status = StateVisit.Status.running

    init(started: Timestamp, event: Int) {
        self.started = started
        startedEvent = event
    }
}
