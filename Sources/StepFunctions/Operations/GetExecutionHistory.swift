import AWSCore
import JSON
import StatesLanguage
import Telemetry

enum GetExecutionHistory: ServiceOperation {
    static let name = "GetExecutionHistory"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let runner = try context.execution(try input.arn("executionArn"))
        let isReversed = try input.bool("reverseOrder") ?? false
        let hasData = try input.bool("includeExecutionData") ?? true
        let history = await runner.history()
        let events = isReversed ? history.reversed() : history
        let page = try Page(
            of: events, input, scope: "\(name) \(runner.arn) \(isReversed)", isFalling: isReversed
        ) { $0.id }
        return page.json("events") { $0.awsJSON(hasData: hasData) }
    }
}

extension HistoryEvent {
    /// As `GetExecutionHistory` answers.
    func awsJSON(hasData: Bool) -> JSON {
        var object = JSONObject([
            ("timestamp", .date(time)), ("type", .string(type)), ("id", .int(id)),
            ("previousEventId", .int(previousID)),
        ])
        if let details { object[detailsKey] = .object(hasData ? details : details.withoutData) }
        return .object(object)
    }
}
