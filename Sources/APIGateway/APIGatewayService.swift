package import AWSCore
import JSON
package import Telemetry

/// API Gateway on this machine: HTTP APIs (v2) in front of functions.
package final class APIGatewayService: Service {
    private let apis = APIs()
    private let invoker: any FunctionInvoker
    private let sink: any TelemetrySink
    private let router = RESTRouter<APIs>([
        CreateAPI.self, GetAPIs.self, GetAPI.self, DeleteAPI.self, CreateRoute.self, GetRoutes.self, GetRoute.self,
        DeleteRoute.self, CreateIntegration.self, GetIntegrations.self, GetIntegration.self, CreateStage.self,
        GetStages.self, GetStage.self, CreateDeployment.self,
    ])

    package init(invoker: any FunctionInvoker, sink: any TelemetrySink) {
        self.invoker = invoker
        self.sink = sink
    }

    package var signingName: String { "apigateway" }
    package var pathPrefixes: [String] { ["/v2/apis"] }
    package var operationNames: [String] { router.operationNames }
    package var paths: [String: RESTPath] { router.paths }

    package func respond(to request: ServiceRequest) async -> ServiceResponse {
        guard let match = router.match(method: request.method, path: request.path) else {
            return Self.answer(Self.notImplemented(signingName, "\(request.method) \(request.path)"), "", "")
        }
        let resource = match.parameters["apiId"] ?? ""
        do throws(ServiceError) {
            var response = try await match.run(request, match.parameters, apis)
            response.operation = match.operation
            response.resource = resource
            response.headers["Content-Type"] = "application/json"
            return response
        } catch {
            return Self.answer(error, match.operation, resource)
        }
    }

    private static func answer(_ error: ServiceError, _ operation: String, _ resource: String) -> ServiceResponse {
        let body: JSON = ["message": .string(error.message)]
        return ServiceResponse(
            status: error.status, headers: ["Content-Type": "application/json", "x-amzn-ErrorType": error.code],
            body: body.bytes, operation: operation, resource: resource, errorCode: error.code)
    }

    /// Answers a call to an API itself.
    ///
    /// - Parameters:
    ///   - id: the API's id, from the host name or the path.
    ///   - request: its path is what the client asked for, a stage's name included where it is not `$default`.
    package func call(_ id: String, _ request: ServiceRequest) async -> ServiceResponse {
        let began = Timestamp.now()
        let requestID = Identifier.new(15) + "="
        let found = await apis.all[id]
        var record = APIRequest(
            requestID: requestID, api: found?.name ?? id, route: "", method: request.method, path: request.path,
            status: 500, latency: .zero, traceHeader: request.context.traceHeader,
            parentID: request.context.parentID)
        var response = await answer(found, request, &record)
        response.headers["apigw-requestid"] = requestID
        record.status = response.status
        record.latency = .now() - began
        sink.emit(TelemetryEvent(.apiRequest(record), at: began))
        return response
    }

    private func answer(_ api: API?, _ request: ServiceRequest, _ record: inout APIRequest) async -> ServiceResponse {
        guard let api else { return ProxyAnswer.notFound }
        guard let cors = api.cors else { return await routed(api, request, &record) }
        guard !CORS.isPreflight(request) else { return cors.preflight(request) }
        var response = await routed(api, request, &record)
        cors.apply(to: &response, for: request)
        return response
    }

    private func routed(_ api: API, _ request: ServiceRequest, _ record: inout APIRequest) async -> ServiceResponse {
        var parts = request.path.split(separator: "/").map(String.init)
        guard let stage = Self.stage(of: api, &parts) else { return ProxyAnswer.notFound }
        guard let (route, parameters) = Self.route(of: api, method: request.method, path: parts) else {
            return ProxyAnswer.notFound
        }
        record.route = route.key.text
        let event = ProxyEvent(
            request: request, api: api, stage: stage, routeKey: route.key.text, parameters: parameters,
            requestID: record.requestID, time: .now())
        return await integrate(api, route, event.json.bytes, request, &record)
    }

    private func integrate(
        _ api: API, _ route: API.Route, _ payload: [UInt8], _ request: ServiceRequest, _ record: inout APIRequest
    ) async -> ServiceResponse {
        guard let integration = api.integration(of: route) else { return ProxyAnswer.internalError }
        let function = Self.function(integration.uri)
        record.function = function.split(separator: ":").last.map(String.init)
        let began = Timestamp.now()
        let invocation = FunctionInvocation(
            payload: payload, trigger: route.key.method == nil ? "\(request.method) \(request.path)" : route.key.text,
            traceHeader: request.context.traceHeader)
        let outcome = await Deadline.race(milliseconds: integration.timeoutMilliseconds, late: Outcome.late) {
            [invoker] () async -> Outcome in
            do throws(ServiceError) {
                return .answered(try await invoker.invoke(function, invocation))
            } catch {
                return .refused(error)
            }
        }
        record.integrationLatency = .now() - began
        switch outcome {
        case .answered(let result):
            record.invocation = RequestID(result.requestID)
            return result.functionError == nil ? ProxyAnswer.response(result.payload) : ProxyAnswer.internalError
        case .refused(let error):
            return error.status == 429 ? ProxyAnswer.unavailable : ProxyAnswer.internalError
        case .late:
            return ProxyAnswer.unavailable
        }
    }

    private enum Outcome: Sendable {
        case answered(FunctionResult)
        case refused(ServiceError)
        case late
    }

    /// The stage that the path names, which is taken off it, or `$default`.
    private static func stage(of api: API, _ parts: inout [String]) -> API.Stage? {
        if let name = parts.first, let stage = api.stages.first(where: { $0.name == name }) {
            parts.removeFirst()
            return stage
        }
        return api.stages.first { $0.name == "$default" }
    }

    private static func route(
        of api: API, method: String, path: [String]
    ) -> (API.Route, [String: String])? {
        var best: (rank: [Int], route: API.Route, parameters: [String: String])?
        for route in api.routes {
            guard let match = route.key.match(method: method, path: path) else { continue }
            if let current = best, !current.rank.lexicographicallyPrecedes(match.rank) { continue }
            best = (match.rank, route, match.parameters)
        }
        return best.map { ($0.route, $0.parameters) }
    }

    /// The function's ARN in `arn:aws:apigateway:…:path/2015-03-31/functions/ARN/invocations`, or the text as it is.
    private static func function(_ uri: String) -> String {
        let marker = "/functions/"
        guard let start = uri.indices.first(where: { uri[$0...].hasPrefix(marker) }) else { return uri }
        let rest = uri[start...].dropFirst(marker.count)
        return String(rest.hasSuffix("/invocations") ? rest.dropLast("/invocations".count) : rest)
    }
}
