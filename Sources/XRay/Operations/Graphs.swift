import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum GetServiceGraph: RESTOperation {
    static let name = "GetServiceGraph"
    static let method = "POST"
    static let path = "/ServiceGraph"

    /// X-Ray's limit for the span of time.
    private static let longest = Microseconds.seconds(24 * 3600)

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in context: XRayContext
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try Input(request)
        let (start, end) = (try input.time("StartTime"), try input.time("EndTime"))
        guard start < end else { throw .invalidRequest("StartTime must be before EndTime") }
        guard end - start <= longest else { throw .invalidRequest("Time range cannot be longer than 24 hours") }
        if let group = input.json["GroupName"]?.string, group != "Default" {
            throw .invalidRequest("There is no group \(group)")
        }
        let map = await context.current().mapped(TimeWindow(start: start, end: end))
        return ServiceResponse([
            "StartTime": .seconds(start), "EndTime": .seconds(end), "ContainsOldGroupVersions": false,
            "Services": ServiceGraph(map, account: request.context.account).services,
        ])
    }
}

enum GetTraceGraph: RESTOperation {
    static let name = "GetTraceGraph"
    static let method = "POST"
    static let path = "/TraceGraph"

    private static let mostTraces = 100

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in context: XRayContext
    ) async throws(ServiceError) -> ServiceResponse {
        let ids = try Input(request).strings("TraceIds", atMost: mostTraces)
        let store = await context.current()
        var (first, last): (Timestamp?, Timestamp?)
        for id in ids {
            guard let trace = await store.trace(id), let start = trace.start, let end = trace.end else { continue }
            first = min(first ?? start, start)
            last = max(last ?? end, end)
        }
        let window = TimeWindow(start: first ?? .now(), end: last ?? .now())
        let map = await store.serviceMap(of: ids, window: window)
        return ServiceResponse(["Services": ServiceGraph(map, account: request.context.account).services])
    }
}

/// A map in X-Ray's words.
struct ServiceGraph {
    private let map: ServiceMap
    private let account: String

    init(_ map: ServiceMap, account: String) {
        self.map = map
        self.account = account
    }

    var services: JSON {
        .array(
            map.nodes.enumerated().map { place, node in
                let edges = map.edges.filter { $0.from == place }
                let isRoot = !map.edges.contains { $0.to == place && map.nodes[$0.from].kind != .client }
                var body: JSON = [
                    "ReferenceId": .int(place), "Name": .string(node.name), "Names": [.string(node.name)],
                    "Type": .string(Self.type(node.kind)), "State": "active", "StartTime": .seconds(map.window.start),
                    "EndTime": .seconds(map.window.end), "Edges": .array(edges.map { edge($0) }),
                    "SummaryStatistics": Self.statistics(node.measure),
                    "DurationHistogram": [], "ResponseTimeHistogram": [],
                ]
                if node.kind != .client { body["AccountId"] = .string(account) }
                if isRoot, node.kind != .client { body["Root"] = true }
                return body
            })
    }

    private func edge(_ edge: ServiceMap.Edge) -> JSON {
        [
            "ReferenceId": .int(edge.to), "StartTime": .seconds(map.window.start), "EndTime": .seconds(map.window.end),
            "SummaryStatistics": Self.statistics(edge.measure), "ResponseTimeHistogram": [], "Aliases": [],
        ]
    }

    private static func statistics(_ measure: ServiceMap.Measure) -> JSON {
        let failed = measure.errors + measure.throttles + measure.faults
        return [
            "OkCount": .int(measure.count - failed),
            "ErrorStatistics": [
                "ThrottleCount": .int(measure.throttles), "OtherCount": .int(measure.errors),
                "TotalCount": .int(measure.errors + measure.throttles),
            ],
            "FaultStatistics": ["OtherCount": .int(measure.faults), "TotalCount": .int(measure.faults)],
            "TotalCount": .int(measure.count), "TotalResponseTime": .seconds(measure.total),
        ]
    }

    private static func type(_ kind: ServiceMap.Node.Kind) -> String {
        switch kind {
        case .client: "client"
        case .api: "AWS::ApiGateway::Stage"
        case .function: "AWS::Lambda::Function"
        case .machine: "AWS::StepFunctions::StateMachine"
        case .table: "AWS::DynamoDB::Table"
        case .service: "remote"
        }
    }
}
