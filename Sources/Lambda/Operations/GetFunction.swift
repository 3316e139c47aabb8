import AWSCore
import JSON

enum GetFunction: RESTOperation {
    static let name = "GetFunction"
    static let method = "GET"
    static let path = "/2015-03-31/functions/{FunctionName}"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let reference = try context.reference(parameters, request)
        let function = try context.functions.find(reference, call: request.context)
        var output: JSON = [
            "Configuration": function.configuration.json(qualifier: reference.qualifier),
            "Code": ["RepositoryType": "S3", "Location": .string("file://\(function.code.directory)")],
        ]
        if !function.tags.isEmpty { output["Tags"] = .object(function.tags) }
        if let reserved = function.reservedConcurrency {
            output["Concurrency"] = ["ReservedConcurrentExecutions": .int(reserved)]
        }
        return ServiceResponse(body: output.bytes)
    }
}

enum GetFunctionConfiguration: RESTOperation {
    static let name = "GetFunctionConfiguration"
    static let method = "GET"
    static let path = "/2015-03-31/functions/{FunctionName}/configuration"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let reference = try context.reference(parameters, request)
        let function = try context.functions.find(reference, call: request.context)
        return ServiceResponse(body: function.configuration.json(qualifier: reference.qualifier).bytes)
    }
}
