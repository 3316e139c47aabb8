import AWSCore
import JSON
import Telemetry

enum DescribeLogStreams: ServiceOperation {
    static let name = "DescribeLogStreams"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        var streams = try await context.streams(of: group)
        _ = try LogsInput(input).choice("orderBy", ["LogStreamName", "LastEventTime"])
        if let prefix = input["logStreamNamePrefix"]?.string {
            guard input["orderBy"]?.string != "LastEventTime" else {
                throw ServiceError(
                    "InvalidParameterException", "Cannot order by LastEventTime with a logStreamNamePrefix.")
            }
            streams = streams.filter { $0.name.hasPrefix(prefix) }
        }
        let order = LogStreamOrder(input)
        streams.sort(by: order.precedes)
        let limit = try LogsContext.limit(input, most: 50)
        let rest = try order.rest(streams, after: input["nextToken"]?.string)
        let page = rest.prefix(limit)
        var output: JSON = ["logStreams": .array(page.map { json($0, group, call) })]
        if rest.count > page.count, let last = page.last { output["nextToken"] = .string(order.token(last)) }
        return output
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
        json["uploadSequenceToken"] = .string(SequenceToken.text)
        json["storedBytes"] = 0
        return json
    }
}

/// The order of streams in an answer, and tokens that are places in it: streams that come or go shift nothing.
private struct LogStreamOrder {
    private let isByTime: Bool
    private let isDescending: Bool

    init(_ input: JSON) {
        isByTime = input["orderBy"]?.string == "LastEventTime"
        isDescending = input["descending"]?.bool == true
    }

    private func place(_ stream: LogStream) -> (Int64, String) {
        (isByTime ? stream.last?.microseconds ?? 0 : 0, stream.name)
    }

    func precedes(_ left: LogStream, _ right: LogStream) -> Bool { precedes(place(left), place(right)) }

    private func precedes(_ left: (Int64, String), _ right: (Int64, String)) -> Bool {
        isDescending ? right < left : left < right
    }

    /// `TIME/NAME`; the time is 0 where streams are ordered by name.
    func token(_ stream: LogStream) -> String {
        let (time, name) = place(stream)
        return "\(time)/\(name)"
    }

    func rest(_ streams: [LogStream], after token: String?) throws(ServiceError) -> ArraySlice<LogStream> {
        guard let token else { return streams[...] }
        let parts = token.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let time = Int64(parts[0]) else {
            throw ServiceError("InvalidParameterException", "The specified nextToken is invalid.")
        }
        return streams.drop { !precedes((time, String(parts[1])), place($0)) }
    }
}
