import AWSCore

enum DeleteFunction: RESTOperation {
    static let name = "DeleteFunction"
    static let method = "DELETE"
    static let path = "/2015-03-31/functions/{FunctionName}"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let reference = try FunctionReference(
            parameters["FunctionName"] ?? "", qualifier: request.query("Qualifier"))
        let function = try context.functions.find(reference, call: request.context)
        guard reference.qualifier == nil else {
            throw .invalid("$LATEST version cannot be deleted without deleting the function.")
        }
        guard context.functions.remove(function.name) != nil else { throw .notFound(function.arn) }
        context.environments.changed(function.name, isDeleted: true)
        context.environments.reserve(nil, for: function.name)
        return ServiceResponse(status: 204)
    }
}
