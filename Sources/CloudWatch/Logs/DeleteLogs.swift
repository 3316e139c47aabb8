import AWSCore
import JSON
import TelemetryStore

enum DeleteLogGroup: ServiceOperation {
    static let name = "DeleteLogGroup"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        _ = try await context.streams(of: group)
        let facts = await context.store.logStreams().filter { $0.key.group == group }
        await context.groups.delete(facts, endID: await context.store.logSnapshot().endID, of: group)
        await context.metricFilters.deleteAll(of: group)
        return .null
    }
}

enum DeleteLogStream: ServiceOperation {
    static let name = "DeleteLogStream"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        let stream = try LogsInput(input).required("logStreamName")
        let streams = try await context.streams(of: group)
        guard streams.contains(where: { $0.name == stream }) else { throw LogsContext.noStream }
        let facts = await context.store.logStreams().first { $0.key.group == group && $0.key.stream == stream }
        await context.groups.delete(stream, facts, endID: await context.store.logSnapshot().endID, in: group)
        return .null
    }
}
