package import JSON

/// One event of an execution's history, as `GetExecutionHistory` gives it.
package struct HistoryEvent: Hashable, Sendable {
    /// From 1 on, without holes.
    package var id: Int
    /// The event that led to this one; 0 for the first events.
    package var previousID: Int
    package var time: Timestamp
    /// `TaskStateEntered`, `LambdaFunctionSucceeded`, … (botocore, `HistoryEventType`).
    package var type: String
    /// The members under ``detailsKey``, in AWS's shape; `nil` for events without details.
    package var details: JSONObject?

    package init(id: Int, previousID: Int, time: Timestamp, type: String, details: JSONObject? = nil) {
        self.id = id
        self.previousID = previousID
        self.time = time
        self.type = type
        self.details = details
    }
}
