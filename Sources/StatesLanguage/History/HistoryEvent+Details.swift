package import Telemetry

extension HistoryEvent {
    /// The member that holds the details, as botocore's `HistoryEvent` names it: `taskScheduledEventDetails`.
    package var detailsKey: String {
        if type.hasSuffix("StateEntered") { return "stateEnteredEventDetails" }
        if type.hasSuffix("StateExited") { return "stateExitedEventDetails" }
        guard let first = type.first else { return "" }
        return first.lowercased() + type.dropFirst() + "EventDetails"
    }
}
