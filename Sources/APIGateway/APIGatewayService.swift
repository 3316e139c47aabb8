package import AWSCore
package import HTTPTransport
import JSON
package import Telemetry

/// API Gateway on this machine: HTTP APIs (v2) and REST APIs (v1) in front of functions, services and HTTP.
package final class APIGatewayService: Service {
    let gateway: Gateway
    private let announcer: Announcer
    private let router: RESTRouter<Gateway>

    /// - Parameters:
    ///   - folder: where APIs outlive the program; `nil` keeps them in memory.
    ///   - address: how the endpoint is reached, once that is known.
    ///   - now: what time it is; tests move it.
    package init(
        invoker: any FunctionInvoker, caller: any ServiceCaller, client: HTTPClient, sink: any TelemetrySink,
        folder: String? = nil, address: @escaping @Sendable () -> String = { "" },
        now: @escaping @Sendable () -> Timestamp = { .now() }
    ) {
        let announcer = Announcer(sink: sink, address: address)
        self.announcer = announcer
        let apis = APIs(files: folder.map(APIFiles.init(folder:))) { announcer.changed($0, $1) }
        gateway = Gateway(
            apis: apis, backends: Backends(invoker: invoker, caller: caller, client: client), sink: sink, now: now)
        router = RESTRouter(Self.routes)
        announcer.connect(gateway)
    }

    private static let routes: [ControlRoute] = {
        let http =
            HTTPAPIOperations.routes + HTTPPart.all.flatMap(\.routes) + HTTPSpecification.routes + TagOperations.http
        let rest =
            RESTAPIOperations.routes + MethodOperations.routes + RESTPart.all.flatMap(\.routes)
            + RESTSpecification.routes
            + GatewayResponseOperations.routes + KeyOperations.routes + PlanOperations.routes + AccountOperations.routes
            + TestOperations.routes + TagOperations.rest
        return http + rest
    }()

    package var signingName: String { "apigateway" }
    package var pathPrefixes: [String] { ["/v2/apis", "/v2/tags", "/restapis", "/apikeys", "/usageplans"] }
    package var operationNames: [String] { Set(router.operationNames).sorted() }
    package var paths: [String: RESTPath] { router.paths }

    /// Reads the APIs of earlier runs.
    ///
    /// - Returns: the files that could not be read.
    package func restore() -> [String] { gateway.apis.restore() }

    package func respond(to request: ServiceRequest) async -> ServiceResponse {
        guard let match = router.match(method: request.method, path: request.path) else {
            return Self.answer(Self.notImplemented(signingName, "\(request.method) \(request.path)"), "", "", request)
        }
        let resource = match.parameters["apiId"] ?? match.parameters["restapi_id"] ?? ""
        do throws(ServiceError) {
            var response = try await match.run(request, match.parameters, gateway)
            response.operation = match.operation
            response.resource = resource
            if response.headers["Content-Type"] == nil { response.headers["Content-Type"] = "application/json" }
            response.headers["x-amzn-RequestId"] = request.context.requestID
            return response
        } catch {
            return Self.answer(error, match.operation, resource, request)
        }
    }

    private static func answer(
        _ error: ServiceError, _ operation: String, _ resource: String, _ request: ServiceRequest
    ) -> ServiceResponse {
        var body: JSON = ["message": .string(error.message)]
        for (name, value) in error.details { body[name] = value }
        return ServiceResponse(
            status: error.status,
            headers: [
                "Content-Type": "application/json", "x-amzn-ErrorType": error.code,
                "x-amzn-RequestId": request.context.requestID,
            ],
            body: body.bytes, operation: operation, resource: resource, errorCode: error.code)
    }
}
