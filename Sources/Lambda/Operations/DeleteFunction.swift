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
        let reference = try context.reference(parameters, request)
        let function = try context.functions.find(FunctionReference(reference.name), call: request.context)
        if let qualifier = reference.qualifier {
            try delete(qualifier, of: function, in: context)
            return ServiceResponse(status: 204)
        }
        guard context.functions.remove(function.name) != nil else { throw .notFound(function.arn) }
        context.environments.deleted(function.name)
        return ServiceResponse(status: 204)
    }

    /// Deletes one version; one that is not there is as good as deleted.
    private static func delete(
        _ version: String, of function: LambdaFunction, in context: LambdaService.Context
    ) throws(ServiceError) {
        guard version != VersionName.latest else {
            throw .invalid("$LATEST version cannot be deleted without deleting the function.")
        }
        guard version.isDecimal else {
            throw .invalid("Deletion of aliases is not currently supported.")
        }
        var inUse: [String] = []
        _ = try context.functions.change(function.name) { function in
            inUse = function.aliases.values.filter { $0.versions.contains(version) }.map(\.name).sorted()
            if inUse.isEmpty { function.versions.removeAll { $0.number == version } }
        }
        guard inUse.isEmpty else {
            throw .conflict(
                "Unable to delete version because the following aliases reference it: "
                    + "[\(inUse.joined(separator: ", "))]")
        }
        context.environments.changed(VersionName(function.name, version: version), isDeleted: true)
    }
}
