import AWSCore
import JSON
import Telemetry

enum DescribeLogGroups: ServiceOperation {
    static let name = "DescribeLogGroups"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let streams = await context.streams()
        let prefix = input["logGroupNamePrefix"]?.string
        let pattern = input["logGroupNamePattern"]?.string?.lowercased()
        let names = streams.keys.sorted().filter { name in
            (prefix.map { name.hasPrefix($0) } ?? true) && (pattern.map { name.lowercased().contains($0) } ?? true)
        }
        let limit = try LogsContext.limit(input, most: 50)
        let after = input["nextToken"]?.string
        let rest = names.drop { after != nil && $0 <= after ?? "" }
        var groups: [JSON] = []
        for name in rest.prefix(limit) { groups.append(await json(name, streams[name] ?? [], call, context)) }
        var output: JSON = ["logGroups": .array(groups)]
        if rest.count > limit, let last = rest.prefix(limit).last { output["nextToken"] = .string(last) }
        return output
    }

    private static func json(
        _ name: String, _ streams: [LogStream], _ call: CallContext, _ context: LogsContext
    ) async -> JSON {
        let arn = ARN(service: "logs", region: call.region, account: call.account, resource: "log-group:\(name)")
        let byHand = await context.groups.creation(of: name)
        let created = byHand ?? streams.compactMap { $0.created ?? $0.first }.min()
        var group: JSON = [
            "logGroupName": .string(name), "creationTime": .int(Int(created?.milliseconds ?? 0)),
            "metricFilterCount": 0,
            "arn": .string("\(arn):*"), "logGroupArn": .string(arn.description),
            "storedBytes": .int(streams.reduce(0) { $0 + $1.bytes }), "logGroupClass": "STANDARD",
        ]
        if let days = await context.groups.retention(of: name) { group["retentionInDays"] = .int(days) }
        return group
    }
}
