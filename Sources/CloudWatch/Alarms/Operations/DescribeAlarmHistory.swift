import AWSCore
import JSON
import Telemetry

enum DescribeAlarmHistory: ServiceOperation {
    static let name = "DescribeAlarmHistory"

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        let page = try AlarmPage(input)
        let alarm = input["AlarmName"]?.string
        let kind = input["HistoryItemType"]?.string
        let types = MetricInput.strings(input["AlarmTypes"])
        let start = try input["StartDate"].map { time throws(ServiceError) in try MetricInput.time(time, "StartDate") }
        let end = try input["EndDate"].map { time throws(ServiceError) in try MetricInput.time(time, "EndDate") }
        let items = await context.alarms.history.items.filter { item in
            if let alarm, item.alarm != alarm { return false }
            if let kind, item.kind.rawValue != kind { return false }
            if !types.isEmpty, !types.contains(item.type) { return false }
            if let start, item.time < start { return false }
            if let end, item.time > end { return false }
            return true
        }
        let isAscending = input["ScanBy"]?.string == "TimestampAscending"
        let (shown, token) = page.cut(isAscending ? items : items.reversed())
        var output: JSON = ["AlarmHistoryItems": .array(shown.map(\.json))]
        output["NextToken"] = token.map(JSON.string)
        return output
    }
}
