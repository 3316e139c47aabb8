import AWSCore
import HTTPTransport
import JSON
import NIOPosix
import Synchronization
import Telemetry
import Testing

@testable import APIGateway

/// A gateway in front of functions that are closures, on a clock that tests move.
struct Stage {
    let gateway: APIGatewayService
    let sink = RecordingSink()
    let clock = ManualClock()
    let services: RecordingCaller

    init(
        services: RecordingCaller = RecordingCaller(),
        _ function: @escaping @Sendable ([UInt8]) async -> FunctionResult = { .success($0) }
    ) {
        self.init(services: services, functions: { _, payload in await function(payload) })
    }

    init(
        services: RecordingCaller = RecordingCaller(),
        functions: @escaping @Sendable (String, [UInt8]) async -> FunctionResult
    ) {
        let clock = clock
        self.services = services
        gateway = APIGatewayService(
            invoker: ClosureInvoker(function: functions), caller: services,
            client: HTTPClient(group: MultiThreadedEventLoopGroup.singleton), sink: sink, now: { clock.time })
    }

    func send(_ method: String, _ path: String, _ body: JSON? = nil) async -> ServiceResponse {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        return await gateway.respond(
            to: ServiceRequest(
                method: method, path: parts[0], query: PercentEncoding.parameters(parts.count > 1 ? parts[1] : ""),
                body: body?.bytes ?? []))
    }

    func post(_ path: String, _ body: JSON) async -> ServiceResponse { await send("POST", path, body) }

    /// The answer of an operation that succeeds.
    @discardableResult
    func done(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON {
        let response = await send(method, path, body)
        try #require(response.status < 300, "\(method) \(path): \(String(decoding: response.body, as: UTF8.self))")
        return response.body.isEmpty ? .null : try JSON(parsing: response.body)
    }

    /// An HTTP API with routes to one function.
    func api(
        routes: [String], timeout: Int = 30_000, version: String = "2.0", cors: JSON? = nil, route: JSON = [:]
    ) async throws -> String {
        var input: JSON = ["name": "n", "protocolType": "HTTP"]
        input["corsConfiguration"] = cors
        let id = try #require(try await done("POST", "/v2/apis", input)["apiId"]?.string)
        let integration = try await done(
            "POST", "/v2/apis/\(id)/integrations",
            [
                "integrationType": "AWS_PROXY", "integrationUri": "arn:aws:lambda:us-east-1:000000000000:function:f",
                "payloadFormatVersion": .string(version), "timeoutInMillis": .int(timeout),
            ])
        for key in routes {
            var body = route
            body["routeKey"] = .string(key)
            body["target"] = .string("integrations/\(integration["integrationId"]?.string ?? "")")
            try await done("POST", "/v2/apis/\(id)/routes", body)
        }
        try await done("POST", "/v2/apis/\(id)/stages", ["stageName": "$default", "autoDeploy": true])
        return id
    }

    /// A REST API with one method at `/items/{id}`, deployed to the stage `dev`.
    ///
    /// - Parameter prepare: adds what the method needs; gives members of the method.
    func rest(
        integration: JSON, method: JSON = ["authorizationType": "NONE"], name: String = "POST", api: JSON = [:],
        responses: [(status: String, method: JSON, integration: JSON)] = [],
        prepare: (String) async throws -> JSON = { _ in .object(JSONObject()) }
    ) async throws -> String {
        var input = api
        input["name"] = "r"
        let made = try await done("POST", "/restapis", input)
        let id = try #require(made["id"]?.string)
        let items = try await done(
            "POST", "/restapis/\(id)/resources/\(made["rootResourceId"]?.string ?? "")", ["pathPart": "items"])
        let item = try await done(
            "POST", "/restapis/\(id)/resources/\(items["id"]?.string ?? "")", ["pathPart": "{id}"])
        let path = "/restapis/\(id)/resources/\(item["id"]?.string ?? "")/methods/\(name)"
        var members = method
        for (key, value) in try await prepare(id).object ?? JSONObject() { members[key] = value }
        try await done("PUT", path, members)
        try await done("PUT", path + "/integration", integration)
        for response in responses {
            try await done("PUT", "\(path)/responses/\(response.status)", response.method)
            try await done("PUT", "\(path)/integration/responses/\(response.status)", response.integration)
        }
        try await done("POST", "/restapis/\(id)/deployments", ["stageName": "dev"])
        return id
    }

    func call(
        _ id: String, _ method: String, _ path: String, _ headers: HTTPHeaders = [:], body: String = ""
    ) async -> ServiceResponse {
        let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
        var request = ServiceRequest(
            method: method, path: parts[0], query: PercentEncoding.parameters(parts.count > 1 ? parts[1] : ""),
            rawQuery: parts.count > 1 ? parts[1] : "", headers: headers, body: Array(body.utf8))
        request.context.sourceIP = "127.0.0.9"
        request.context.requestID = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"
        request.context.traceHeader = "Root=1-5759e988-bd862e3fe1be46a994272793"
        return await gateway.call(id, request)
    }

    static let function: JSON = [
        "type": "AWS_PROXY", "httpMethod": "POST",
        "uri":
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations",
    ]
}

extension ServiceResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}

extension FunctionResult {
    static func success(_ payload: [UInt8]) -> FunctionResult {
        FunctionResult(payload: payload, functionError: nil, requestID: "", executedVersion: "$LATEST")
    }

    static func success(_ json: JSON) -> FunctionResult { success(json.bytes) }

    static func failure(_ message: String) -> FunctionResult {
        let payload: JSON = ["errorMessage": .string(message), "errorType": "Error"]
        return FunctionResult(
            payload: payload.bytes, functionError: "Unhandled", requestID: "", executedVersion: "$LATEST")
    }
}

private struct ClosureInvoker: FunctionInvoker {
    let function: @Sendable (String, [UInt8]) async -> FunctionResult

    func invoke(_ name: String, _ invocation: FunctionInvocation) async throws(ServiceError) -> FunctionResult {
        await function(name.split(separator: ":").last.map(String.init) ?? name, invocation.payload)
    }
}

/// Services that answer what the test says, and remember what they were asked.
final class RecordingCaller: ServiceCaller {
    private let seen = Mutex<[String]>([])
    private let answer: @Sendable (String, JSON) throws(ServiceError) -> JSON

    init(_ answer: @escaping @Sendable (String, JSON) throws(ServiceError) -> JSON = { _, _ in .object(JSONObject()) })
    {
        self.answer = answer
    }

    /// `states:StartExecution {"input":…}`
    var calls: [String] { seen.withLock { $0 } }

    func call(
        _ service: String, _ operation: String, _ input: JSON, context: CallContext
    ) async throws(ServiceError) -> JSON {
        seen.withLock { $0.append("\(service):\(operation) \(input.text)") }
        return try answer("\(service):\(operation)", input)
    }
}

final class RecordingSink: TelemetrySink {
    private let seen = Mutex<[APIRequest]>([])

    var requests: [APIRequest] { seen.withLock { $0 } }
    var statuses: [Int] { requests.map(\.status) }

    func emit(_ event: TelemetryEvent) {
        if case .apiRequest(let request) = event.kind { seen.withLock { $0.append(request) } }
    }
}

/// Begins on 2026-01-31 12:00:00 UTC.
final class ManualClock: Sendable {
    private let now = Mutex(Timestamp(milliseconds: 1_769_860_800_000))

    var time: Timestamp { now.withLock { $0 } }

    func advance(seconds: Double) {
        now.withLock { $0 = $0 + Microseconds(Int64(seconds * 1_000_000)) }
    }
}

actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func wait() async {
        guard !isOpen else { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
