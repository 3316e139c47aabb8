package import AWSCore
package import JSON

/// CloudWatch metrics, answered from the telemetry, over all three protocols that clients speak: CBOR, JSON and Query.
package struct CloudWatchService: Service {
    private let context: MetricsContext
    private let operations = OperationTable<MetricsContext>([
        PutMetricData.self, ListMetrics.self, GetMetricStatistics.self, GetMetricData.self, PutMetricAlarm.self,
        PutCompositeAlarm.self, DescribeAlarms.self, DescribeAlarmsForMetric.self, DescribeAlarmHistory.self,
        SetAlarmState.self, EnableAlarmActions.self, DisableAlarmActions.self, DeleteAlarms.self, TagAlarm.self,
        UntagAlarm.self, ListTagsOfAlarm.self,
    ])

    private static let prefix = "GraniteServiceVersion20100801"
    private static let namespace = "http://monitoring.amazonaws.com/doc/2010-08-01/"
    /// Members that are times: CBOR marks them.
    private static let times: Set<String> = [
        "Timestamp", "Timestamps", "StateUpdatedTimestamp", "StateTransitionedTimestamp",
        "AlarmConfigurationUpdatedTimestamp",
    ]
    private static let doubles: Set<String> = [
        "Values", "Average", "Sum", "Minimum", "Maximum", "SampleCount", "Threshold", "ExtendedStatistics",
    ]
    /// Maps, and not structures.
    private static let maps: Set<String> = ["ExtendedStatistics"]

    /// Bytes of a request, all protocols: what CloudWatch takes of PutMetricData, its biggest.
    private static let mostBytes = 1 << 20
    /// Of one that came compressed.
    private static let mostUnpacked = 8 << 20

    package init(context: MetricsContext) { self.context = context }

    package var signingName: String { "monitoring" }
    package var targetPrefixes: [String] { [Self.prefix] }
    package var pathPrefixes: [String] { ["/service/\(Self.prefix)/operation"] }
    package var operationNames: [String] { operations.names }

    package func call(_ operation: String, _ input: JSON, context call: CallContext) async throws(ServiceError) -> JSON
    {
        guard let run = operations[operation] else { throw Self.notImplemented("cloudwatch", operation) }
        return try await run(input, call, context)
    }

    private enum Wire {
        case cbor, json, query
    }

    package func respond(to request: ServiceRequest) async -> ServiceResponse {
        var request = request
        guard request.body.count <= Self.mostBytes, Gzip.unpack(&request, most: Self.mostUnpacked) else {
            return Self.tooLarge(request)
        }
        let (wire, name, form) = Self.reading(request)
        do throws(ServiceError) {
            guard let run = operations[name] else { throw Self.notImplemented("cloudwatch", name) }
            let input: JSON =
                switch wire {
                case .cbor: try CBOR.decode(request.body)
                case .json: try request.json()
                case .query: try QueryProtocol.decode(form)
                }
            return Self.answer(try await run(input, request.context, context), wire, name, request)
        } catch {
            return Self.answer(error, wire, name, request)
        }
    }

    private static func tooLarge(_ request: ServiceRequest) -> ServiceResponse {
        let error = ServiceError(
            "RequestEntityTooLarge", "The request has more than \(mostBytes) bytes", status: 413)
        let wire: Wire =
            request.path.hasPrefix("/service/") ? .cbor : request.headers["X-Amz-Target"] == nil ? .query : .json
        return answer(error, wire, "", request)
    }

    private static func reading(_ request: ServiceRequest) -> (Wire, String, [(name: String, value: String)]) {
        if let name = request.path.split(separator: "/").last, request.path.hasPrefix("/service/") {
            return (.cbor, String(name), [])
        }
        if let target = request.headers["X-Amz-Target"] {
            return (.json, target.split(separator: ".").last.map(String.init) ?? "", [])
        }
        let form = request.query + PercentEncoding.parameters(String(decoding: request.body, as: UTF8.self))
        return (.query, form.first { $0.name == "Action" }?.value ?? "", form)
    }

    private static func answer(_ output: JSON, _ wire: Wire, _ name: String, _ request: ServiceRequest)
        -> ServiceResponse
    {
        let id = request.context.requestID
        var response = ServiceResponse(headers: ["x-amzn-RequestId": id], operation: name)
        switch wire {
        case .cbor:
            response.headers["Content-Type"] = "application/cbor"
            response.headers["smithy-protocol"] = "rpc-v2-cbor"
            response.body = CBOR.encode(output, times: times, doubles: doubles)
        case .json:
            response.headers["Content-Type"] = "application/x-amz-json-1.0"
            response.body = output.bytes
        case .query:
            response.headers["Content-Type"] = "text/xml"
            response.body = QueryProtocol.encode(
                isoTimes(output), action: name, namespace: namespace, requestID: id, maps: maps)
        }
        return response
    }

    private static func answer(_ error: ServiceError, _ wire: Wire, _ name: String, _ request: ServiceRequest)
        -> ServiceResponse
    {
        let id = request.context.requestID
        let body: JSON = ["__type": .string(error.code), "message": .string(error.message)]
        var response = ServiceResponse(
            status: error.status, headers: ["x-amzn-RequestId": id], operation: name, errorCode: error.code)
        switch wire {
        case .cbor:
            response.headers["Content-Type"] = "application/cbor"
            response.headers["smithy-protocol"] = "rpc-v2-cbor"
            response.headers["x-amzn-query-error"] = "\(error.code);Sender"
            response.body = CBOR.encode(body)
        case .json:
            response.headers["Content-Type"] = "application/x-amz-json-1.0"
            response.headers["x-amzn-query-error"] = "\(error.code);Sender"
            response.body = body.bytes
        case .query:
            response.headers["Content-Type"] = "text/xml"
            response.body = QueryProtocol.encode(error, namespace: namespace, requestID: id)
        }
        return response
    }

    /// The Query protocol writes times as ISO 8601.
    private static func isoTimes(_ json: JSON, isTime: Bool = false) -> JSON {
        switch json {
        case .object(let object):
            var copy = JSONObject()
            for (name, value) in object { copy[name] = isoTimes(value, isTime: times.contains(name)) }
            return .object(copy)
        case .array(let values): return .array(values.map { isoTimes($0, isTime: isTime) })
        case .number(let number) where isTime:
            let milliseconds = Int64((number.double * 1000).rounded())
            return .string(ISOTime.text(milliseconds: milliseconds, hasMilliseconds: milliseconds % 1000 != 0))
        default: return json
        }
    }
}
