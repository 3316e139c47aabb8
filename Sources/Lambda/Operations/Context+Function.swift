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

    /// The function that a request changes: versions cannot be changed.
    func changeable(
        _ parameters: [String: String], _ request: ServiceRequest
    ) throws(ServiceError) -> LambdaFunction {
        let reference = try reference(parameters, request)
        guard reference.qualifier == nil || reference.qualifier == VersionName.latest else {
            throw .invalid("Only $LATEST can be changed or published, not \(reference.qualifier ?? "").")
        }
        return try functions.find(reference, call: request.context)
    }
}
