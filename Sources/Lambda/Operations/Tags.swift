import AWSCore
import JSON

/// The function that a path names by its ARN.
private func tagged(
    _ parameters: [String: String], _ request: ServiceRequest, _ context: LambdaService.Context
) throws(ServiceError) -> LambdaFunction {
    let text = parameters["Resource"] ?? ""
    guard let arn = ARN(text), arn.service == "lambda", arn.resource.hasPrefix("function:") else {
        throw .invalid("Tags on resource \(text) are not supported.")
    }
    return try context.functions.find(FunctionReference(text), call: request.context)
}

enum TagResource: RESTOperation {
    static let name = "TagResource"
    static let method = "POST"
    static let path = "/2017-03-31/tags/{Resource}"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let function = try tagged(parameters, request, context)
        let tags = try request.json()["Tags"]?.object ?? JSONObject()
        guard tags.allSatisfy({ $0.1.string != nil && $0.0.count <= 128 }), tags.count + function.tags.count <= 100
        else {
            throw .invalid("Too many tags, or a tag that is not a string of its length.")
        }
        _ = try context.functions.change(function.name) { function in
            for (name, value) in tags { function.tags[name] = value }
        }
        return ServiceResponse(status: 204)
    }
}

enum UntagResource: RESTOperation {
    static let name = "UntagResource"
    static let method = "DELETE"
    static let path = "/2017-03-31/tags/{Resource}"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let function = try tagged(parameters, request, context)
        let keys = request.query.filter { $0.name == "tagKeys" }.map(\.value)
        _ = try context.functions.change(function.name) { function in
            for key in keys { function.tags[key] = nil }
        }
        return ServiceResponse(status: 204)
    }
}

enum ListTags: RESTOperation {
    static let name = "ListTags"
    static let method = "GET"
    static let path = "/2017-03-31/tags/{Resource}"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let function = try tagged(parameters, request, context)
        let output: JSON = ["Tags": .object(function.tags)]
        return ServiceResponse(body: output.bytes)
    }
}
