import JSON
import Telemetry

/// What happened to alarms, the newest last.
struct AlarmHistory: Hashable, Sendable {
    private(set) var items: [Item] = []

    /// CloudWatch keeps thirty days; this is far more than a person reads.
    private static let most = 5000

    struct Item: Hashable, Sendable {
        enum Kind: String, Hashable, Sendable, CaseIterable {
            case configuration = "ConfigurationUpdate"
            case state = "StateUpdate"
            case action = "Action"
        }

        var alarm: String
        /// `MetricAlarm` or `CompositeAlarm`.
        var type: String
        var time: Timestamp
        var kind: Kind
        var summary: String
        /// JSON text.
        var data: String

        var json: JSON {
            [
                "AlarmName": .string(alarm), "AlarmType": .string(type), "Timestamp": time.wire,
                "HistoryItemType": .string(kind.rawValue), "HistorySummary": .string(summary),
                "HistoryData": .string(data),
            ]
        }
    }

    mutating func add(_ kind: Item.Kind, _ alarm: Alarm, _ summary: String, _ data: JSON, at time: Timestamp) {
        items.append(
            Item(
                alarm: alarm.name, type: alarm.type, time: time, kind: kind, summary: String(summary.prefix(255)),
                data: Self.bounded(data)))
        if items.count > Self.most { items.removeFirst(items.count - Self.most) }
    }

    /// At most 4095 characters fit: the data of the states leave first.
    private static func bounded(_ data: JSON) -> String {
        let text = data.text
        guard text.utf8.count > 4095 else { return text }
        var short = data
        for state in ["oldState", "newState"] where short[state] != nil { short[state]?["stateReasonData"] = nil }
        let shorter = short.text
        return shorter.utf8.count <= 4095 ? shorter : "{\"version\":\"1.0\"}"
    }

    mutating func configured(_ alarm: Alarm, _ verb: String, at time: Timestamp) {
        add(
            .configuration, alarm, "Alarm \"\(alarm.name)\" \(verb)d",
            [
                "version": "1.0", "type": .string(verb.prefix(1).uppercased() + verb.dropFirst()),
                "\(verb)dAlarm": alarm.json,
            ], at: time)
    }

    mutating func changed(_ alarm: Alarm, from old: Alarm.State, at time: Timestamp) {
        add(
            .state, alarm, "Alarm updated from \(old.value.rawValue) to \(alarm.state.value.rawValue)",
            ["version": "1.0", "oldState": Self.state(old), "newState": Self.state(alarm.state)], at: time)
    }

    mutating func acted(_ alarm: Alarm, on arn: String, failure: String?, at time: Timestamp) {
        var data: JSON = [
            "version": "1.0", "actionState": failure == nil ? "Succeeded" : "Failed",
            "notificationResource": .string(arn), "stateUpdateTimestamp": .int(Int(alarm.state.updated.milliseconds)),
        ]
        data["error"] = failure.map(JSON.string)
        let verb = failure == nil ? "Successfully executed action" : "Failed to execute action"
        add(.action, alarm, "\(verb) \(arn)", data, at: time)
    }

    private static func state(_ state: Alarm.State) -> JSON {
        var json: JSON = ["stateValue": .string(state.value.rawValue), "stateReason": .string(state.reason)]
        if let text = state.reasonData, let data = try? JSON(parsing: Array(text.utf8)) {
            json["stateReasonData"] = data
        }
        return json
    }
}
