import AWSCore
import JSON
import Telemetry

enum SetAlarmState: ServiceOperation {
    static let name = "SetAlarmState"

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        guard let name = input["AlarmName"]?.string else { throw AlarmInput.missing("alarmName") }
        guard let text = input["StateValue"]?.string else { throw AlarmInput.missing("stateValue") }
        guard let reason = input["StateReason"]?.string else { throw AlarmInput.missing("stateReason") }
        guard let state = AlarmDescription.State(rawValue: text) else {
            throw MetricQueries.invalid(
                "1 validation error detected: Value '\(text)' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]"
            )
        }
        guard reason.unicodeScalars.count <= 1023 else {
            throw MetricQueries.invalid("The parameter StateReason must be shorter than 1024 characters.")
        }
        let data = input["StateReasonData"]?.string
        if let data, data.utf8.count > 4000 || (try? JSON(parsing: Array(data.utf8))) == nil {
            throw ServiceError("InvalidFormat", "StateReasonData must be JSON of at most 4000 characters.")
        }
        try await context.alarms.set(name, state, reason: reason, data: data)
        return .object(JSONObject())
    }
}

enum EnableAlarmActions: ServiceOperation {
    static let name = "EnableAlarmActions"

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        try await AlarmNames.change(input, context) { $0.actionsEnabled = true }
    }
}

enum DisableAlarmActions: ServiceOperation {
    static let name = "DisableAlarmActions"

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        try await AlarmNames.change(input, context) { $0.actionsEnabled = false }
    }
}

enum DeleteAlarms: ServiceOperation {
    static let name = "DeleteAlarms"

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        try await context.alarms.delete(try AlarmNames.read(input))
        return .object(JSONObject())
    }
}

/// `AlarmNames`
enum AlarmNames {
    private static let most = 100

    static func read(_ input: JSON) throws(ServiceError) -> [String] {
        guard let names = input["AlarmNames"]?.array?.compactMap(\.string) else {
            throw AlarmInput.missing("alarmNames")
        }
        guard names.count <= most else {
            throw MetricQueries.invalid("The collection AlarmNames must not have a size greater than \(most).")
        }
        return names
    }

    /// Names without an alarm are passed over, as AWS does.
    static func change(
        _ input: JSON, _ context: MetricsContext, _ change: @Sendable (inout Alarm) -> Void
    ) async throws(ServiceError) -> JSON {
        for name in try read(input) where await context.alarms.alarms[name] != nil {
            try await context.alarms.change(name, change)
        }
        return .object(JSONObject())
    }
}
