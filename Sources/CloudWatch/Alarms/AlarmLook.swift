import Telemetry
import TelemetryStore

/// What an alarm sees when it looks at its metric.
struct AlarmLook {
    var verdict: AlarmEvaluation.Verdict
    /// A period that still runs decided: until it is over, nothing else does.
    var heldUntil: Timestamp?

    /// - Returns: `nil` when the state is to stay, for instance as a percentile has too few samples.
    static func look(_ condition: MetricCondition, in store: TelemetryStore, at now: Timestamp) async -> AlarmLook? {
        let period = Int64(condition.period)
        let running = now.flooredSecond(to: period)
        let count = Int64(condition.evaluationPeriods + AlarmEvaluation.spare)
        let window = TimeWindow(
            start: Timestamp(seconds: running - count * period), end: Timestamp(seconds: running + period))
        var queries = condition.queries
        if let samples = condition.samplesQuery { queries.append(samples) }
        guard let found = try? await store.series(queries, in: window) else {
            return AlarmLook(verdict: AlarmEvaluation.verdict([], condition))
        }
        let values = found.first { $0.id != MetricCondition.samplesID }
        var slots = (1...count).reversed().map { place in
            let time = running - place * period
            return AlarmEvaluation.Slot(time: time, value: values?.value(at: time))
        }
        var look = AlarmLook(verdict: AlarmEvaluation.verdict(slots, condition))
        if condition.firesEarly, let value = values?.value(at: running), condition.isBreaching(value) {
            slots.removeFirst()
            slots.append(AlarmEvaluation.Slot(time: running, value: value))
            let early = AlarmEvaluation.verdict(slots, condition)
            if early.state == .alarm {
                look = AlarmLook(verdict: early, heldUntil: Timestamp(seconds: running + period))
            }
        }
        guard let least = condition.leastSamples else { return look }
        let counts = found.first { $0.id == MetricCondition.samplesID }
        let isEnough = look.verdict.points.allSatisfy { (counts?.value(at: $0.time) ?? 0) >= least }
        return isEnough ? look : nil
    }
}

extension MetricCondition {
    fileprivate static let samplesID = "fntopSamples"

    /// How many samples a percentile needs to mean something, if the alarm is to wait for them.
    ///
    /// - SeeAlso: Amazon CloudWatch User Guide, "Percentile-based CloudWatch alarms and low data samples".
    fileprivate var leastSamples: Double? {
        guard lowSamples == "ignore", let statistic, statistic.hasPrefix("p"),
            let share = Double(statistic.dropFirst()),
            share > 0, share < 100
        else { return nil }
        // The quotient may be a hair above the whole number that is meant.
        return (1000 / (share >= 50 ? 100 - share : share) - 1e-9).rounded(.up)
    }

    fileprivate var samplesQuery: MetricQuery? {
        guard leastSamples != nil, case .metric(let key, let period, _, let unit)? = queries.first?.source else {
            return nil
        }
        return MetricQuery(Self.samplesID, .metric(key, period: period, statistic: "SampleCount", unit: unit))
    }
}
