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

extension HistoryEvent {
    /// What it takes in memory, more or less: the details' text and what holds it.
    package var approximateBytes: Int {
        160 + (details.map { $0.reduce(0) { $0 + 96 + $1.0.utf8.count + $1.1.roughBytes } } ?? 0)
    }
}

extension JSON {
    /// Deep values count as one word: details are flat.
    fileprivate var roughBytes: Int {
        switch self {
        case .null, .bool: 1
        case .number(let number): number.text.utf8.count
        case .string(let text): text.utf8.count
        case .array(let values): 16 * values.count
        case .object(let object): object.reduce(0) { $0 + 32 + $1.0.utf8.count + ($1.1.string?.utf8.count ?? 8) }
        }
    }
}
