import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum DescribeAlarms: ServiceOperation {
    static let name = "DescribeAlarms"

    private static let mostNames = 100

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        let names = MetricInput.strings(input["AlarmNames"])
        guard names.count <= mostNames else {
            throw MetricQueries.invalid("The collection AlarmNames must not have a size greater than \(mostNames).")
        }
        guard names.isEmpty || input["AlarmNamePrefix"] == nil else {
            throw MetricQueries.invalid("The parameters AlarmNames and AlarmNamePrefix cannot be used together.")
        }
        let page = try AlarmPage(input)
        let all = await context.alarms.alarms
        var chosen = all.values.sorted { $0.name < $1.name }
        let types = MetricInput.strings(input["AlarmTypes"])
        // Without types only metric alarms are meant.
        chosen.removeAll { !(types.isEmpty ? ["MetricAlarm"] : types).contains($0.type) }
        if !names.isEmpty { chosen.removeAll { !names.contains($0.name) } }
        if let prefix = input["AlarmNamePrefix"]?.string { chosen.removeAll { !$0.name.hasPrefix(prefix) } }
        if let state = input["StateValue"]?.string {
            guard AlarmDescription.State(rawValue: state) != nil else {
                throw MetricQueries.invalid("The value \(state) for parameter StateValue is invalid.")
            }
            chosen.removeAll { $0.state.value.rawValue != state }
        }
        if let prefix = input["ActionPrefix"]?.string {
            chosen.removeAll { alarm in !alarm.actions.values.joined().contains { $0.hasPrefix(prefix) } }
        }
        if let parent = input["ChildrenOfAlarmName"]?.string {
            guard case .composite(let rule)? = all[parent]?.watched else { throw unknown(parent) }
            chosen = rule.children.compactMap { all[$0] }
        }
        if let child = input["ParentsOfAlarmName"]?.string {
            guard all[child] != nil else { throw unknown(child) }
            chosen = await context.alarms.parents(of: child).compactMap { all[$0] }
        }
        let (shown, token) = page.cut(chosen)
        var output: JSON = [
            "CompositeAlarms": .array(shown.filter(\.isComposite).map(\.json)),
            "MetricAlarms": .array(shown.filter { !$0.isComposite }.map(\.json)),
        ]
        output["NextToken"] = token.map(JSON.string)
        return output
    }

    private static func unknown(_ name: String) -> ServiceError {
        ServiceError("ResourceNotFound", "The alarm \(name) does not exist.", status: 404)
    }
}

enum DescribeAlarmsForMetric: ServiceOperation {
    static let name = "DescribeAlarmsForMetric"

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        let key = MetricKey(
            try MetricInput.text(input["Namespace"], "Namespace"),
            try MetricInput.text(input["MetricName"], "MetricName"),
            try MetricInput.dimensions(input["Dimensions"], "Dimensions"))
        let statistic = input["Statistic"]?.string ?? input["ExtendedStatistic"]?.string
        let period = MetricInput.int(input["Period"])
        let unit = input["Unit"]?.string
        let found = await context.alarms.alarms.values.sorted { $0.name < $1.name }.filter { alarm in
            guard case .metric(let condition) = alarm.watched else { return false }
            return condition.queries.contains { query in
                guard case .metric(let watched, let own, let stat, let ownUnit) = query.source, watched == key else {
                    return false
                }
                return (statistic ?? stat) == stat && (period ?? own) == own && (unit == nil || unit == ownUnit)
            }
        }
        return ["MetricAlarms": .array(found.map(\.json))]
    }
}

/// `MaxRecords` and `NextToken`.
struct AlarmPage {
    private let start: Int
    private let limit: Int

    init(_ input: JSON) throws(ServiceError) {
        limit = MetricInput.int(input["MaxRecords"]) ?? 100
        guard (1...100).contains(limit) else {
            throw MetricQueries.invalid("The parameter MaxRecords is 1 to 100, not \(limit).")
        }
        guard let text = input["NextToken"]?.string else {
            start = 0
            return
        }
        guard let number = Int(text), number >= 0 else {
            throw ServiceError("InvalidNextToken", "The next token specified is invalid.")
        }
        start = number
    }

    func cut<Element>(_ all: [Element]) -> ([Element], token: String?) {
        let shown = Array(all.dropFirst(start).prefix(limit))
        let end = start.addingReportingOverflow(shown.count)
        return (shown, !end.overflow && !shown.isEmpty && end.partialValue < all.count ? String(end.partialValue) : nil)
    }
}
