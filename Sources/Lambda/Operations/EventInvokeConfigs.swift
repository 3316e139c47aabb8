import AWSCore
import JSON

enum PutFunctionEventInvokeConfig: RESTOperation {
    static let name = "PutFunctionEventInvokeConfig"
    static let method = "PUT"
    static let path = EventInvokeConfigs.path

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let place = try EventInvokeConfigs.place(parameters, request, context)
        var config = EventInvokeConfig()
        try EventInvokeConfigs.apply(input, to: &config, of: place.function, in: context)
        return try EventInvokeConfigs.store(config, place, context)
    }
}

enum UpdateFunctionEventInvokeConfig: RESTOperation {
    static let name = "UpdateFunctionEventInvokeConfig"
    static let method = "POST"
    static let path = EventInvokeConfigs.path

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let place = try EventInvokeConfigs.place(parameters, request, context)
        var config = try place.existing()
        try EventInvokeConfigs.apply(input, to: &config, of: place.function, in: context)
        return try EventInvokeConfigs.store(config, place, context)
    }
}

enum GetFunctionEventInvokeConfig: RESTOperation {
    static let name = "GetFunctionEventInvokeConfig"
    static let method = "GET"
    static let path = EventInvokeConfigs.path

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let place = try EventInvokeConfigs.place(parameters, request, context)
        return ServiceResponse(body: try place.existing().json(place.arn).bytes)
    }
}

enum DeleteFunctionEventInvokeConfig: RESTOperation {
    static let name = "DeleteFunctionEventInvokeConfig"
    static let method = "DELETE"
    static let path = EventInvokeConfigs.path

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let place = try EventInvokeConfigs.place(parameters, request, context)
        _ = try place.existing()
        _ = try context.functions.change(place.function.name) { $0.eventInvokeConfigs[place.qualifier] = nil }
        return ServiceResponse(status: 204)
    }
}

enum ListFunctionEventInvokeConfigs: RESTOperation {
    static let name = "ListFunctionEventInvokeConfigs"
    static let method = "GET"
    static let path = EventInvokeConfigs.path + "/list"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let function = try EventInvokeConfigs.place(parameters, request, context).function
        let all = function.eventInvokeConfigs.sorted { $0.key < $1.key }
        return try Page(all, request, largest: 50) { $0.key }.response("FunctionEventInvokeConfigs") {
            $0.value.json("\(function.arn):\($0.key)")
        }
    }
}
