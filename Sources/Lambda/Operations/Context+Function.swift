import AWSCore

extension LambdaService.Context {
    /// Which function, and what of it, the path and the query of a request name.
    func reference(
        _ parameters: [String: String], _ request: ServiceRequest
    ) throws(ServiceError) -> FunctionReference {
        try FunctionReference(parameters["FunctionName"] ?? "", qualifier: request.query("Qualifier"))
    }

    /// The function that a request is about, in the version that it names.
    func function(
        _ parameters: [String: String], _ request: ServiceRequest
    ) throws(ServiceError) -> LambdaFunction {
        try functions.find(reference(parameters, request), call: request.context)
    }
}
