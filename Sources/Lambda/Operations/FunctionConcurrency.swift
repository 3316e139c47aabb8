import AWSCore
import JSON

enum PutFunctionConcurrency: RESTOperation {
    static let name = "PutFunctionConcurrency"
    static let method = "PUT"
    static let path = "/2017-10-31/functions/{FunctionName}/concurrency"
    /// What must stay for functions that have nothing reserved.
    private static let kept = 100

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let function = try context.function(parameters, request)
        guard let count = try Input.integer(input, "ReservedConcurrentExecutions", 0...1_000_000) else {
            throw .absent("reservedConcurrentExecutions")
        }
        let free = context.environments.unreservedConcurrency + (function.reservedConcurrency ?? 0)
        guard free - count >= kept else {
            throw .invalid(
                "Specified ReservedConcurrentExecutions for function decreases account's "
                    + "UnreservedConcurrentExecution below its minimum value of [\(kept)].")
        }
        _ = try context.functions.change(function.name) { $0.reservedConcurrency = count }
        context.environments.reserve(count, for: function.name)
        let output: JSON = ["ReservedConcurrentExecutions": .int(count)]
        return ServiceResponse(body: output.bytes)
    }
}

enum GetFunctionConcurrency: RESTOperation {
    static let name = "GetFunctionConcurrency"
    static let method = "GET"
    static let path = "/2019-09-30/functions/{FunctionName}/concurrency"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let function = try context.function(parameters, request)
        var output = JSONObject()
        output["ReservedConcurrentExecutions"] = function.reservedConcurrency.map { .int($0) }
        return ServiceResponse(body: JSON.object(output).bytes)
    }
}

enum DeleteFunctionConcurrency: RESTOperation {
    static let name = "DeleteFunctionConcurrency"
    static let method = "DELETE"
    static let path = "/2017-10-31/functions/{FunctionName}/concurrency"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let function = try context.function(parameters, request)
        _ = try context.functions.change(function.name) { $0.reservedConcurrency = nil }
        context.environments.reserve(nil, for: function.name)
        return ServiceResponse(status: 204)
    }
}
