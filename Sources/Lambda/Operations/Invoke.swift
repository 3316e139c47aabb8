import AWSCore
import JSON
import Telemetry

enum Invoke: RESTOperation {
    static let name = "Invoke"
    static let method = "POST"
    static let path = "/2015-03-31/functions/{FunctionName}/invocations"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let type = request.headers["X-Amz-Invocation-Type"] ?? "RequestResponse"
        let (function, invocation) = try prepare(request, parameters, type, in: context)
        switch type {
        case "RequestResponse":
            let outcome = try await context.invocations.run(function, invocation)
            return response(outcome, invocation, function.configuration.version)
        case "Event":
            try context.invocations.enqueue(function, invocation)
            return ServiceResponse(status: 202, headers: ["x-amzn-RequestId": invocation.id.description])
        case "DryRun":
            return ServiceResponse(status: 204, headers: ["x-amzn-RequestId": invocation.id.description])
        default:
            throw .constraint(
                type, at: "invocationType", "satisfy enum value set: [RequestResponse, Event, DryRun]")
        }
    }

    /// Reads and checks what all ways to invoke have in common.
    static func prepare(
        _ request: ServiceRequest, _ parameters: [String: String], _ type: String, in context: LambdaService.Context
    ) throws(ServiceError) -> (function: LambdaFunction, invocation: Invocations.Request) {
        let reference = try context.reference(parameters, request)
        let function = try context.functions.find(reference, call: request.context, draw: .random(in: 0..<1))
        let limit = type == "Event" ? Invocations.asynchronousLimit : Invocations.synchronousLimit
        guard request.body.count <= limit else { throw .tooLarge(request.body.count, limit: limit, operation: type) }
        try checkJSON(request.body)
        var invocation = Invocations.Request(
            payload: request.body,
            trigger: request.headers["X-Fntop-Trigger"] ?? (type == "Event" ? "async" : "invoke"),
            traceHeader: request.context.traceHeader)
        invocation.qualifier = reference.qualifier
        invocation.wantsTail = request.headers["X-Amz-Log-Type"] == "Tail"
        invocation.clientContext = try clientContext(request.headers["X-Amz-Client-Context"])
        return (function, invocation)
    }

    private static func response(
        _ outcome: InvocationOutcome, _ invocation: Invocations.Request, _ version: String
    ) -> ServiceResponse {
        var headers: HTTPHeaders = [
            "Content-Type": "application/json", "x-amzn-RequestId": invocation.id.description,
            "X-Amz-Executed-Version": version,
        ]
        if outcome.isError { headers.add("X-Amz-Function-Error", "Unhandled") }
        if invocation.wantsTail { headers.add("X-Amz-Log-Result", Base64.encoded(outcome.tail)) }
        return ServiceResponse(headers: headers, body: outcome.payload)
    }

    private static func checkJSON(_ body: [UInt8]) throws(ServiceError) {
        guard !body.isEmpty else { return }
        do throws(JSONError) {
            _ = try JSON(parsing: body)
        } catch {
            throw .notJSON(String(describing: error))
        }
    }

    /// Base64 of at most 3583 bytes.
    private static func clientContext(_ text: String?) throws(ServiceError) -> String {
        guard let text else { return "" }
        guard let bytes = Base64.decoded(text), bytes.count <= 3583, let json = try? JSON(parsing: bytes) else {
            throw ServiceError(
                "InvalidRequestContentException", "Client context must be a valid Base64-encoded JSON object.")
        }
        return json.text
    }
}
