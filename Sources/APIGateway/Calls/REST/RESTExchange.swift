import AWSCore
import HTTPTransport
import JSON
import Telemetry
import VelocityTemplate

/// The way of a request through an integration of a REST API, and of the answer back.
struct RESTExchange {
    let gateway: Gateway
    let context: RESTContext
    let integration: RESTIntegration
    let deployed: RESTPlan.Deployed
    var record: APIRequest

    enum Outcome {
        case answered(ServiceResponse)
        case failed(GatewayResponse, status: Int?, reason: String)
    }

    var incoming: Incoming { context.incoming }
    var request: ServiceRequest { context.incoming.request }

    /// A failure of what stands behind the gateway, as AWS answers it: 502.
    static func badGateway(_ reason: String) -> Outcome { .failed(.default5XX, status: 502, reason: reason) }
    static func broken(_ reason: String) -> Outcome { .failed(.default5XX, status: 500, reason: reason) }

    mutating func answer() async -> Outcome {
        let mapped: MappedREST
        switch mappedRequest() {
        case .failed(let type, let status, let reason): return .failed(type, status: status, reason: reason)
        case .mapped(let request): mapped = request
        }
        guard integration.kind != .mock else { return mocked(mapped) }
        let began = Timestamp.now()
        let outcome = await send(mapped)
        record.integrationLatency = .now() - began
        return understood(outcome)
    }

    private mutating func send(_ mapped: MappedREST) async -> Backends.Outcome {
        let uri = integration.uri.replacingStageVariables(incoming.variables)
        switch integration.kind {
        case .mock: return .failed("a MOCK integration calls nothing")
        case .http, .httpProxy:
            return await gateway.backends.send(
                integration.method == "ANY" ? request.method : integration.method, mapped.address(uri),
                headers: mapped.headers, body: mapped.body, milliseconds: integration.milliseconds)
        case .aws where !uri.contains("/functions/"):
            guard let service = RESTBackend.service(uri) else { return .failed("\(uri) names no service") }
            do throws(ServiceError) {
                let (operation, input) = try RESTBackend.call(
                    service, headers: mapped.headers, body: mapped.body, endpoint: request.context.endpoint)
                return await gateway.backends.call(
                    service.name, operation, input, context: request.context, milliseconds: integration.milliseconds)
            } catch {
                return .refused(error)
            }
        case .aws, .awsProxy: return await invoke(FunctionURI.function(uri), mapped)
        }
    }

    private mutating func invoke(_ function: String, _ mapped: MappedREST) async -> Backends.Outcome {
        record.function = FunctionURI.name(function)
        guard mapped.headers["X-Amz-Invocation-Type"] != "Event" || integration.kind == .awsProxy else {
            let payload = JSON.string(String(decoding: mapped.body, as: UTF8.self))
            let outcome = await gateway.backends.call(
                "lambda", "Invoke",
                ["FunctionName": .string(function), "InvocationType": "Event", "Payload": payload],
                context: request.context, milliseconds: integration.milliseconds)
            guard case .service = outcome else { return outcome }
            return .service(.object(JSONObject()))
        }
        let payload: [UInt8]
        if integration.kind == .awsProxy {
            var event = context.event
            event = ProxyEvent1(
                incoming: incoming, resource: event.resource, resourceID: event.resourceID, path: event.path,
                headers: event.headers, query: event.query, authorizer: event.authorizer, body: proxyBody,
                apiKey: context.apiKey)
            payload = event.json.bytes
        } else {
            payload = mapped.body
        }
        return await gateway.backends.invoke(
            function, payload, trigger: incoming.trigger(record.route), trace: request.context.traceHeader,
            milliseconds: integration.milliseconds)
    }

    /// Text, or base64 where the content type is one of the API's binary ones.
    private var proxyBody: (text: String, isBase64: Bool)? {
        guard !request.body.isEmpty else { return nil }
        guard !deployed.isBinary(request.headers["Content-Type"]) else { return (Base64.encoded(request.body), true) }
        return (String(decoding: request.body, as: UTF8.self), false)
    }

    private mutating func understood(_ outcome: Backends.Outcome) -> Outcome {
        switch outcome {
        case .function(let result):
            record.invocation = RequestID(result.requestID)
            if integration.kind == .awsProxy { return proxied(result) }
            let message = result.functionError == nil ? nil : HTTPCall.errorMessage(result.payload)
            if let message { record.errorMessage = "the function failed: \(message)" }
            return mappedResponse(result.payload, HTTPHeaders(), for: message)
        case .http(let reply):
            let headers = Forwarding.answered(reply.headers)
            guard integration.kind == .http else {
                return .answered(ServiceResponse(status: reply.status, headers: headers, body: reply.body))
            }
            return mappedResponse(reply.body, headers, for: String(reply.status))
        case .service(let output):
            record.execution = output["executionArn"]?.string
            let body: JSON = output.isNull ? .object(JSONObject()) : output
            return mappedResponse(body.bytes, ["Content-Type": "application/json"], for: "200")
        case .refused(let error):
            record.errorMessage = "\(error.code): \(error.message)"
            guard integration.kind == .aws, record.function == nil else {
                return Self.broken(record.errorMessage ?? "")
            }
            let body: JSON = ["__type": .string(error.code), "message": .string(error.message)]
            return mappedResponse(body.bytes, ["Content-Type": "application/json"], for: String(error.status))
        case .failed(let reason): return .failed(.integrationFailure, status: nil, reason: reason)
        case .late:
            return .failed(
                .integrationTimeout, status: nil,
                reason: "the integration did not answer within \(integration.milliseconds) ms")
        }
    }

    /// A MOCK integration answers with the status that its request template names.
    private func mocked(_ mapped: MappedREST) -> Outcome {
        guard let status = (try? JSON(parsing: mapped.body))?["statusCode"],
            let code = status.int ?? status.string.flatMap({ Int($0) })
        else { return Self.broken("the request template of the MOCK integration gives no statusCode") }
        return mappedResponse([], HTTPHeaders(), for: String(code), isMock: true)
    }

    // MARK: Proxy

    private static let members: Set<String> = [
        "statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded", "cookies",
    ]

    private static let remapped: Set<String> = [
        "authorization", "connection", "content-length", "content-md5", "date", "expect", "host", "max-forwards",
        "proxy-authenticate", "server", "te", "transfer-encoding", "trailer", "upgrade", "user-agent",
        "www-authenticate",
    ]

    private func proxied(_ result: FunctionResult) -> Outcome {
        guard result.functionError == nil else {
            return Self.badGateway("the function failed: \(HTTPCall.errorMessage(result.payload))")
        }
        guard let object = (try? JSON(parsing: result.payload))?.object, object.keys.allSatisfy(Self.members.contains)
        else {
            return Self.badGateway("Malformed Lambda proxy response: it is no object with statusCode, headers and body")
        }
        let status = object["statusCode"].map { $0.int ?? $0.string.flatMap { Int($0) } ?? 0 } ?? 200
        guard (100...599).contains(status), object["body"].map({ $0.isNull || $0.string != nil }) ?? true else {
            return Self.badGateway("Malformed Lambda proxy response: the statusCode is a number and the body a text")
        }
        var headers = HTTPHeaders()
        for field in HTTPAnswer.headers(object).fields {
            let isOwn = Self.remapped.contains(field.name.lowercased())
            headers.add(isOwn ? "x-amzn-Remapped-\(field.name)" : field.name, field.value)
        }
        if headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
        headers["X-Amzn-Trace-Id"] = request.context.traceHeader
        let text = object["body"]?.string ?? ""
        // Base64 is decoded only for those who accept a binary type.
        let accepted = (request.headers["Accept"] ?? "").prefix { $0 != "," }
        let isBinary = deployed.isBinary(String(accepted)) || deployed.isBinary(headers["Content-Type"])
        guard object["isBase64Encoded"]?.bool == true, isBinary else {
            return .answered(ServiceResponse(status: status, headers: headers, body: Array(text.utf8)))
        }
        guard let bytes = Base64.decoded(text) else {
            return .failed(.configurationError, status: nil, reason: "the function's body is no base64")
        }
        return .answered(ServiceResponse(status: status, headers: headers, body: bytes))
    }
}
