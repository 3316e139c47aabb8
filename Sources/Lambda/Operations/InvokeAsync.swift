import AWSCore

/// The deprecated way to invoke without waiting.
enum InvokeAsync: RESTOperation {
    static let name = "InvokeAsync"
    static let method = "POST"
    static let path = "/2014-11-13/functions/{FunctionName}/invoke-async"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        var event = request
        event.headers["X-Amz-Invocation-Type"] = "Event"
        var response = try await Invoke.run(event, parameters: parameters, in: context)
        response.body = Array("{\"Status\":202}".utf8)
        return response
    }
}
