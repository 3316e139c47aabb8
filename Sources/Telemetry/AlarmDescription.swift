package import JSON

/// An alarm with the state that it is in; told when either changed.
package struct AlarmDescription: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        case ok = "OK"
        case alarm = "ALARM"
        case insufficientData = "INSUFFICIENT_DATA"
    }

    package var name: String
    package var arn: String
    package var state: State
    /// CloudWatch's words for why it is in that state.
    package var reason: String
    /// When it came into that state.
    package var since: Timestamp
    /// `Errors > 5 for 1 datapoints within 1 minute`, for people.
    package var condition: String
    /// The whole alarm, as `DescribeAlarms` gives it.
    package var configuration: JSON

    package init(
        name: String, arn: String = "", state: State, reason: String = "", since: Timestamp, condition: String = "",
        configuration: JSON = .null
    ) {
        self.name = name
        self.arn = arn
        self.state = state
        self.reason = reason
        self.since = since
        self.condition = condition
        self.configuration = configuration
    }
}
