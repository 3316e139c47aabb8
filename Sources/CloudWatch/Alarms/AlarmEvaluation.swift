import Telemetry

/// Decides what state data points mean.
///
/// - SeeAlso: Amazon CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data".
enum AlarmEvaluation {
    /// A period with its value, if there is one.
    struct Slot: Hashable {
        /// The begin of the period, in seconds since 1970.
        var time: Int64
        var value: Double?
    }

    struct Verdict: Hashable {
        /// `nil` keeps the state.
        var state: AlarmDescription.State?
        /// The real data points that were looked at, the newest first.
        var points: [Slot]
        /// Periods that had to be filled, and as what.
        var filled: Int
    }

    /// Further periods than are evaluated are looked at, in case some are missing.
    static let spare = 2

    /// - Parameter slots: of the evaluation range, the newest last.
    static func verdict(_ slots: [Slot], _ condition: MetricCondition) -> Verdict {
        let real = slots.filter { $0.value != nil }
        let points = Array(real.suffix(condition.evaluationPeriods).reversed())
        let breaching = points.count { condition.isBreaching($0.value ?? 0) }
        let filled = condition.evaluationPeriods - points.count
        func verdict(_ state: AlarmDescription.State?) -> Verdict {
            Verdict(state: state, points: points, filled: filled)
        }
        if breaching >= condition.needed { return verdict(.alarm) }
        guard filled > 0 else { return verdict(.ok) }
        switch condition.treatment {
        case .breaching: return verdict(breaching + filled >= condition.needed ? .alarm : .ok)
        case .notBreaching: return verdict(.ok)
        case .ignore: return verdict(breaching < points.count ? .ok : nil)
        case .missing:
            if breaching < points.count { return verdict(.ok) }
            guard let oldest = slots.firstIndex(where: { $0.value != nil }) else { return verdict(.insufficientData) }
            // All that is known breaches, and has done so for long enough: it will not get better by what is missing.
            return verdict(slots.count - oldest >= condition.needed ? .alarm : .insufficientData)
        }
    }
}
