import AWSCore
import JSON
import Telemetry

enum DescribeLogStreams: ServiceOperation {
    static let name = "DescribeLogStreams"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        guard var streams = await context.streams()[group] else { throw LogsContext.noGroup }
        if let prefix = input["logStreamNamePrefix"]?.string {
            guard input["orderBy"]?.string != "LastEventTime" else {
                throw ServiceError(
                    "InvalidParameterException", "Cannot order by LastEventTime with a logStreamNamePrefix.")
            }
            streams = streams.filter { $0.name.hasPrefix(prefix) }
        }
        sort(&streams, input)
        let limit = try LogsContext.limit(input, most: 50)
        let start = try offset(input)
        let page = streams.dropFirst(start).prefix(limit)
        var output: JSON = ["logStreams": .array(page.map { json($0, group, call) })]
        if start + page.count < streams.count { output["nextToken"] = .string(String(start + page.count)) }
        return output
    }

    private static func sort(_ streams: inout [LogStream], _ input: JSON) {
        if input["orderBy"]?.string == "LastEventTime" {
            streams.sort { ($0.last?.microseconds ?? 0, $0.name) < ($1.last?.microseconds ?? 0, $1.name) }
        } else {
            streams.sort { $0.name < $1.name }
        }
        if input["descending"]?.bool == true { streams.reverse() }
    }

    private static func offset(_ input: JSON) throws(ServiceError) -> Int {
        guard let token = input["nextToken"]?.string else { return 0 }
        guard let offset = Int(token), offset >= 0 else {
            throw ServiceError("InvalidParameterException", "The specified nextToken is invalid.")
        }
        return offset
    }

    private static func json(_ stream: LogStream, _ group: String, _ call: CallContext) -> JSON {
        let resource = "log-group:\(group):log-stream:\(stream.name)"
        var json: JSON = [
            "logStreamName": .string(stream.name),
            "creationTime": .int(Int((stream.created ?? stream.first)?.milliseconds ?? 0)),
        ]
        if let first = stream.first { json["firstEventTimestamp"] = .int(Int(first.milliseconds)) }
        if let last = stream.last {
            json["lastEventTimestamp"] = .int(Int(last.milliseconds))
            json["lastIngestionTime"] = .int(Int(last.milliseconds))
        }
        let arn = ARN(service: "logs", region: call.region, account: call.account, resource: resource)
        json["arn"] = .string(arn.description)
        json["storedBytes"] = 0
        return json
    }
}
