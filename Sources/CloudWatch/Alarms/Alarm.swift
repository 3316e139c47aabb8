import JSON
import Telemetry
import TelemetryStore

/// An alarm as it is configured, and the state that it is in.
package struct Alarm: Hashable, Sendable {
    let name: String
    let arn: String
    var description: String?
    var actionsEnabled = true
    /// ARNs of what is done on coming into a state.
    var actions: [AlarmDescription.State: [String]] = [:]
    var watched: Watched
    var configured: Timestamp
    var state: State
    /// In the order they were set.
    var tags: [String: String] = [:]
    /// Until then the state stays as it is.
    var heldUntil: Timestamp?

    enum Watched: Hashable, Sendable {
        case metric(MetricCondition)
        case composite(AlarmRule)
    }

    struct State: Hashable, Sendable {
        var value: AlarmDescription.State
        var reason: String
        /// JSON text with what was looked at.
        var reasonData: String?
        /// When value or reason changed, and when the value did.
        var updated: Timestamp
        var transitioned: Timestamp
    }

    var isComposite: Bool { if case .composite = watched { true } else { false } }
    /// As AWS names it.
    var type: String { isComposite ? "CompositeAlarm" : "MetricAlarm" }

    static func initialState(at time: Timestamp) -> State {
        State(
            value: .insufficientData, reason: "Unchecked: Initial alarm creation", updated: time, transitioned: time)
    }
}

/// What an alarm on a metric looks at, and when it fires.
struct MetricCondition: Hashable, Sendable {
    /// One query for a metric; with expressions one of them is returned.
    var queries: [MetricQuery]
    /// Whether it was given as one metric, and not as a list of queries.
    var isSingle: Bool
    /// In seconds.
    var period: Int
    /// N of "M out of N".
    var evaluationPeriods: Int
    /// M; all when `nil`.
    var datapointsToAlarm: Int?
    var threshold: Double
    var comparison: Comparison
    var missing: MissingData?
    /// `ignore` or `evaluate`, when a percentile has few samples.
    var lowSamples: String?

    var needed: Int { datapointsToAlarm ?? evaluationPeriods }

    enum Comparison: String, Hashable, Sendable, CaseIterable {
        case greaterOrEqual = "GreaterThanOrEqualToThreshold"
        case greater = "GreaterThanThreshold"
        case less = "LessThanThreshold"
        case lessOrEqual = "LessThanOrEqualToThreshold"

        var symbol: String {
            switch self {
            case .greaterOrEqual: ">="
            case .greater: ">"
            case .less: "<"
            case .lessOrEqual: "<="
            }
        }

        /// As reasons say it: "was … the threshold".
        var words: String {
            switch self {
            case .greaterOrEqual: "greater than or equal to"
            case .greater: "greater than"
            case .less: "less than"
            case .lessOrEqual: "less than or equal to"
            }
        }

        var isUpward: Bool { self == .greater || self == .greaterOrEqual }
    }

    /// What a missing data point counts as.
    enum MissingData: String, Hashable, Sendable, CaseIterable {
        case breaching, notBreaching, ignore, missing
    }

    func isBreaching(_ value: Double) -> Bool {
        switch comparison {
        case .greaterOrEqual: value >= threshold
        case .greater: value > threshold
        case .less: value < threshold
        case .lessOrEqual: value <= threshold
        }
    }

    /// Alarms on DynamoDB's metrics always ignore missing data.
    var treatment: MissingData {
        if isSingle, queries.first?.metric?.namespace == "AWS/DynamoDB" { return .ignore }
        return missing ?? .missing
    }

    /// Of the one metric or the returned expression.
    var statistic: String? {
        guard isSingle, case .metric(_, _, let statistic, _)? = queries.first?.source else { return nil }
        return statistic
    }

    /// Whether a period that still runs can be over the threshold already: sums and counts only grow, and of the
    /// others a value over it is one.
    var firesEarly: Bool {
        if comparison.isUpward { return true }
        return statistic == "Minimum" || statistic == "Average"
    }

    /// `Errors > 5 for 1 datapoints within 1 minute`, as the console has it.
    var text: String {
        let returned = queries.first(where: \.isReturned) ?? queries.first
        var subject = returned?.label ?? returned?.metric?.name ?? returned?.id ?? ""
        if case .expression(let text, _)? = returned?.source, returned?.label == nil { subject = text }
        let span = period * evaluationPeriods
        let within = span % 60 == 0 ? (span == 60 ? "1 minute" : "\(span / 60) minutes") : "\(span) seconds"
        let datapoints = needed == evaluationPeriods ? "\(needed)" : "\(needed) out of \(evaluationPeriods)"
        let limit = threshold == threshold.rounded() && abs(threshold) < 1e15 ? "\(Int64(threshold))" : "\(threshold)"
        return "\(subject) \(comparison.symbol) \(limit) for \(datapoints) datapoints within \(within)"
    }
}
