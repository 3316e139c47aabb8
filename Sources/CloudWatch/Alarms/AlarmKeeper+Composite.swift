import JSON
import Telemetry

extension AlarmKeeper {
    /// Until nothing changes: composite alarms may be about composite alarms.
    func evaluateComposites(at time: Timestamp) {
        let composites = alarms.values.filter(\.isComposite).map(\.name).sorted()
        for _ in 0...composites.count {
            var hasChanged = false
            for name in composites where evaluateComposite(name, at: time) { hasChanged = true }
            guard hasChanged else { return }
        }
    }

    /// - Returns: whether its state changed.
    private func evaluateComposite(_ name: String, at time: Timestamp) -> Bool {
        guard let alarm = alarms[name], case .composite(let rule) = alarm.watched else { return false }
        let states = alarms.mapValues(\.state.value)
        let state: AlarmDescription.State = rule.isTrue { states[$0] } ? .alarm : .ok
        guard state != alarm.state.value else { return false }
        let children = rule.children.compactMap { alarms[$0] }
        let latest = children.max { ($0.state.transitioned, $1.name) < ($1.state.transitioned, $0.name) }
        let isNew = alarm.state.value == .insufficientData
        let reason =
            if let latest, !isNew {
                AlarmReason.composite(latest.arn, latest.state.value, at: latest.state.transitioned)
            } else {
                "\(alarm.arn) was created and its alarm rule evaluates to \(state.rawValue)"
            }
        move(name, to: state, reason: reason, data: Self.data(children), at: time)
        return true
    }

    private static func data(_ children: [Alarm]) -> String {
        let triggering = children.map { child -> JSON in
            [
                "arn": .string(child.arn),
                "state": [
                    "value": .string(child.state.value.rawValue),
                    "timestamp": .string(AlarmReason.time(child.state.transitioned)),
                ],
            ]
        }
        return (["triggeringAlarms": .array(triggering)] as JSON).text
    }
}
