package import JSON
import TOMLKit

/// An alarm that a file declares as `[[alarm]]`.
package struct AlarmSetting: Hashable, Sendable {
    package var name: String
    /// The members of PutMetricAlarm.
    package var input: JSON

    /// What such a table may have.
    package enum Member: String, CaseIterable, Sendable {
        case name, metric, namespace, function, dimensions, statistic, period, periods, datapoints, comparison
        case threshold, missing, description, actions

        package var summary: String {
            switch self {
            case .name: "What the alarm is called."
            case .metric: "The metric that is watched: Errors, Duration, or one of your own."
            case .namespace: "The metric's namespace; AWS/Lambda by default."
            case .function: "Short for the dimension FunctionName."
            case .dimensions: "The metric's dimensions: { Service = \"payment\" }."
            case .statistic: "Sum (by default), Average, Minimum, Maximum, SampleCount, or p95 and the like."
            case .period: "Seconds over which the statistic is taken; 60 by default."
            case .periods: "How many periods are looked at; 1 by default."
            case .datapoints: "How many of them must be beyond the threshold; all by default."
            case .comparison: "When it fires: >, >= (by default), < or <= the threshold."
            case .threshold: "The value that is compared with."
            case .missing:
                "What periods without data count as: missing (by default), notBreaching, breaching or ignore."
            case .description: "A sentence for whoever sees it fire."
            case .actions: "The ARNs of functions or topics that are called when it fires."
            }
        }
    }

    /// Why a table is no alarm.
    struct Problem: Error, Hashable {
        var text: String
    }

    private static let comparisons = [
        ">": "GreaterThanThreshold", ">=": "GreaterThanOrEqualToThreshold", "<": "LessThanThreshold",
        "<=": "LessThanOrEqualToThreshold",
    ]
    private static let statistics = ["Sum", "Average", "Minimum", "Maximum", "SampleCount"]

    init(_ table: TOMLTable) throws(Problem) {
        func text(_ member: Member) throws(Problem) -> String? {
            guard let value = table[member.rawValue] else { return nil }
            guard let text = value.string else { throw Problem(text: "\(member.rawValue) is no text") }
            return text
        }
        func count(_ member: Member) throws(Problem) -> Int? {
            guard let value = table[member.rawValue] else { return nil }
            guard let count = value.int, count > 0 else {
                throw Problem(text: "\(member.rawValue) is no positive number")
            }
            return count
        }
        guard let name = try text(.name), !name.isEmpty else { throw Problem(text: "name is missing") }
        guard let metric = try text(.metric) else { throw Problem(text: "metric is missing") }
        guard let threshold = table[Member.threshold.rawValue].flatMap({ $0.double ?? $0.int.map(Double.init) }) else {
            throw Problem(text: "threshold is missing or no number")
        }
        let comparison = try text(.comparison) ?? ">="
        guard let comparisonOperator = Self.comparisons[comparison] else {
            throw Problem(text: "comparison is none of >, >=, < and <=: \(comparison)")
        }
        var input: JSON = [
            "AlarmName": .string(name), "MetricName": .string(metric),
            "Namespace": .string(try text(.namespace) ?? "AWS/Lambda"),
            "Dimensions": .array(try Self.dimensions(table, function: try text(.function))),
            "Period": .int(try count(.period) ?? 60), "EvaluationPeriods": .int(try count(.periods) ?? 1),
            "Threshold": .double(threshold), "ComparisonOperator": .string(comparisonOperator),
        ]
        let statistic = try text(.statistic) ?? "Sum"
        input[Self.statistics.contains(statistic) ? "Statistic" : "ExtendedStatistic"] = .string(statistic)
        if let datapoints = try count(.datapoints) { input["DatapointsToAlarm"] = .int(datapoints) }
        if let missing = try text(.missing) { input["TreatMissingData"] = .string(missing) }
        if let description = try text(.description) { input["AlarmDescription"] = .string(description) }
        if let value = table[Member.actions.rawValue] {
            guard let array = value.array, array.allSatisfy({ $0.string != nil }) else {
                throw Problem(text: "actions is no list of ARNs")
            }
            input["AlarmActions"] = .array(array.compactMap { $0.string.map(JSON.string) })
        }
        (self.name, self.input) = (name, input)
    }

    private static func dimensions(_ table: TOMLTable, function: String?) throws(Problem) -> [JSON] {
        func dimension(_ name: String, _ value: String) -> JSON { ["Name": .string(name), "Value": .string(value)] }
        var dimensions = function.map { [dimension("FunctionName", $0)] } ?? []
        guard let value = table[Member.dimensions.rawValue] else { return dimensions }
        guard let table = value.table else { throw Problem(text: "dimensions is no table of names and values") }
        for name in table.keys.sorted() {
            guard let value = table[name]?.string else { throw Problem(text: "dimensions.\(name) is no text") }
            dimensions.append(dimension(name, value))
        }
        return dimensions
    }
}
