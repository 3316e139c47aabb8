import APIGateway
import AWSCore
import Collector
import HTTPTransport
import JSON
import Telemetry
import TelemetryStore

/// Decides which service a request is for, and makes telemetry of every call.
struct Dispatcher: HTTPHandler {
    private let byTarget: [String: any Service]
    private let byName: [String: any Service]
    private let byPath: [(prefix: String, service: any Service)]
    private let gateway: APIGatewayService
    private let source: LocalSource
    private let own: OwnRoutes
    private let address: Address

    init(
        services: [any Service], gateway: APIGatewayService, source: LocalSource, store: TelemetryStore,
        address: Address, version: String = ""
    ) {
        byTarget = services.reduce(into: [:]) { table, service in
            for prefix in service.targetPrefixes { table[prefix] = service }
        }
        byName = services.reduce(into: [:]) { $0[$1.signingName] = $1 }
        byPath = services.flatMap { service in service.pathPrefixes.map { ($0, service) } }
            .sorted { $0.0.utf8.count > $1.0.utf8.count }
        self.gateway = gateway
        self.source = source
        self.address = address
        own = OwnRoutes(source: source, store: store, services: services, version: version)
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let host = Host(request.headers["Host"] ?? "")
        let began = Timestamp.now()
        if let refusal = Guard.refusal(request, host) { return refused(refusal, request, began) }
        if host.api == nil, let answer = await own.respond(to: request) { return answer }
        var call = ServiceRequest(request, endpoint: address.value)
        // All paths below the host name of an API are the API's.
        if let api = host.api { return HTTPResponse(await gateway.call(api, call.traced())) }
        if let place = APIPath(request.path) {
            call.path = place.path
            return HTTPResponse(await gateway.call(place.api, call.traced(), stage: place.stage))
        }
        let scope = CredentialScope(request)
        call.context.region = scope?.region ?? ARN.defaultRegion
        let meter = UsageMeter()
        call.context.meter = meter
        guard let service = service(call, scope) else { return unknown(call, scope, began) }
        let span = call.context.enterSpan()
        let response = await service.respond(to: call)
        if !isObserving(request, response) { emit(service.signingName, response, call, span, began) }
        return HTTPResponse(response)
    }

    /// A look of the dashboard at what is here, which is none of what the application does.
    private func isObserving(_ request: HTTPRequest, _ response: ServiceResponse) -> Bool {
        guard request.headers["x-fntop-observer"] != nil else { return false }
        return ["Get", "Query", "Scan", "Describe", "List"].contains { response.operation.hasPrefix($0) }
    }

    private func service(_ request: ServiceRequest, _ scope: CredentialScope?) -> (any Service)? {
        if let target = request.headers["X-Amz-Target"] {
            let dot = target.utf8.firstIndex(of: UInt8(ascii: ".")) ?? target.endIndex
            return byTarget[String(target[..<dot])]
        }
        if let service = byPath.first(where: { request.path.hasPrefix($0.prefix) })?.service { return service }
        return scope.flatMap { byName[$0.service] }
    }

    private func unknown(_ request: ServiceRequest, _ scope: CredentialScope?, _ began: Timestamp) -> HTTPResponse {
        let target = request.headers["X-Amz-Target"]
        let operation =
            target?.split(separator: ".").last.map(String.init)
            ?? Self.action(request) ?? "\(request.method) \(request.path)"
        let service = scope?.service ?? target?.split(separator: "_").first.map { $0.lowercased() } ?? "unknown"
        let message = "fntop does not serve \(operation) of \(service)"
        let response = Self.notImplemented(message, operation, request)
        emit(service, response, request, CallSpan(caller: request.context.traceHeader), began)
        return HTTPResponse(response)
    }

    /// The operation that a form names.
    private static func action(_ request: ServiceRequest) -> String? {
        guard request.headers["Content-Type"]?.hasPrefix("application/x-www-form-urlencoded") == true else {
            return nil
        }
        let form = PercentEncoding.parameters(String(decoding: request.body.prefix(4096), as: UTF8.self))
        return form.first { $0.name == "Action" }?.value
    }

    /// In the client's protocol: JSON, or XML for those that send forms.
    private static func notImplemented(
        _ message: String, _ operation: String, _ request: ServiceRequest
    ) -> ServiceResponse {
        var response = ServiceResponse(
            status: 501, headers: ["x-amzn-ErrorType": "NotImplemented"], operation: operation,
            errorCode: "NotImplemented")
        guard request.headers["Content-Type"]?.hasPrefix("application/x-www-form-urlencoded") == true else {
            let body: JSON = ["__type": "NotImplemented", "message": .string(message)]
            response.headers["Content-Type"] = "application/x-amz-json-1.0"
            response.body = body.bytes
            return response
        }
        let error = ServiceError("NotImplemented", message, status: 501)
        response.headers["Content-Type"] = "text/xml"
        response.body = QueryProtocol.encode(
            error, namespace: "http://webservices.amazon.com/", requestID: request.context.requestID)
        return response
    }

    /// A refused request is seen as well: it may be the one that somebody wonders about.
    private func refused(_ refusal: HTTPResponse, _ request: HTTPRequest, _ began: Timestamp) -> HTTPResponse {
        let operation = "\(request.method.prefix(16)) \(request.path.prefix(200))"
        let call = ServiceCall(
            service: "fntop", operation: operation, resource: "", status: refusal.status,
            errorCode: refusal.headers["x-amzn-ErrorType"], latency: .now() - began)
        source.emit(TelemetryEvent(.call(call), at: began))
        return refusal
    }

    private func emit(
        _ service: String, _ response: ServiceResponse, _ request: ServiceRequest, _ span: CallSpan, _ began: Timestamp
    ) {
        let call = ServiceCall(
            service: service, operation: response.operation, resource: response.resource, status: response.status,
            errorCode: response.errorCode, latency: .now() - began, traceHeader: span.caller, spanID: span.id,
            requestBytes: request.body.count, responseBytes: response.body.count,
            usage: request.context.meter?.usage.map(TableUsage.init))
        source.emit(TelemetryEvent(.call(call), at: began))
    }
}

extension TableUsage {
    /// What a service noted, with at most so much of the key as telemetry carries.
    init(_ usage: ServiceUsage) {
        self.init(
            readUnits: usage.readUnits, writeUnits: usage.writeUnits, items: usage.items, index: usage.index,
            partitionKey: usage.partitionKey.utf8.count <= Self.longestKey
                ? usage.partitionKey : String(decoding: usage.partitionKey.utf8.prefix(Self.longestKey), as: UTF8.self))
    }
}
