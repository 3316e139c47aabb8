import AWSCore
import JSON
import Telemetry

enum CreateLogGroup: ServiceOperation {
    static let name = "CreateLogGroup"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let fields = LogsInput(input)
        let group = try fields.groupName()
        var properties = LogGroupProperties(created: .now())
        properties.logClass = try fields.choice("logGroupClass", LogGroupClass.all) ?? LogGroupClass.standard
        properties.keyID = try fields.optional("kmsKeyId", most: 256)
        properties.tags = try LogTags.read(input["tags"])
        if (try? await context.streams(of: group)) != nil { throw LogGroups.groupExists }
        try await context.groups.create(group, properties)
        return .null
    }
}

enum CreateLogStream: ServiceOperation {
    static let name = "CreateLogStream"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        let stream = try LogsInput(input).plainName("logStreamName")
        let streams = try await context.streams(of: group)
        guard !streams.contains(where: { $0.name == stream }) else { throw LogGroups.streamExists }
        try await context.groups.create(stream, in: group)
        return .null
    }
}
