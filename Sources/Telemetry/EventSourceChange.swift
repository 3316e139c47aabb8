/// Something happened to an event source mapping: what reads a stream or a queue for a function.
package struct EventSourceChange: Hashable, Sendable {
    package enum Step: String, Hashable, Sendable, CaseIterable {
        /// Its configuration or state changed.
        case changed
        case deleted
        /// A batch went to the function and was taken.
        case delivered
        /// The function failed on a batch.
        case failed
        /// The batch is tried again in two halves.
        case bisected
        /// The batch, or what is left of it, is tried again as it is.
        case retried
        /// Records were given up, after the last try or for their age.
        case discarded
        /// What was given up was told to the destination.
        case sentToDestination
        /// It could not be told.
        case destinationFailed
    }

    /// The mapping's UUID.
    package var id: String
    package var function: String
    package var source: String
    package var step: Step
    /// `Enabled`, `Disabled`, …
    package var state: String
    package var records: Int
    /// The sequence numbers of the first and the last record.
    package var first: String
    package var last: String
    /// 1 for the first try.
    package var attempt: Int
    package var invocation: RequestID?
    /// The destination's ARN, or why it failed.
    package var detail: String

    package init(
        id: String, function: String, source: String, step: Step, state: String = "Enabled", records: Int = 0,
        first: String = "", last: String = "", attempt: Int = 1, invocation: RequestID? = nil, detail: String = ""
    ) {
        self.id = id
        self.function = function
        self.source = source
        self.step = step
        self.state = state
        self.records = records
        self.first = first
        self.last = last
        self.attempt = attempt
        self.invocation = invocation
        self.detail = detail
    }
}
