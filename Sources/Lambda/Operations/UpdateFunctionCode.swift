import AWSCore
import JSON

enum UpdateFunctionCode: RESTOperation {
    static let name = "UpdateFunctionCode"
    static let method = "PUT"
    static let path = "/2015-03-31/functions/{FunctionName}/code"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let function = try context.changeable(parameters, request)
        let code = try await Code.prepare(input, for: function.name, in: context)
        guard input["DryRun"]?.bool != true else {
            context.code.remove(code)
            var configuration = function.configuration
            configuration.codeSize = code.size
            configuration.codeSHA256 = code.sha256
            return ServiceResponse(body: configuration.json.bytes)
        }
        let revision = try Input.string(input, "RevisionId")
        var published: PublishedVersion?
        let changed = try context.functions.change(function.name, revision: revision) { function in
            function.code = code
            function.configuration.codeSize = code.size
            function.configuration.codeSHA256 = code.sha256
            function.configuration.touch()
            if input["Publish"]?.bool == true { published = function.publish(description: nil).version }
        }
        context.environments.changed(VersionName(function.name))
        return ServiceResponse(body: (published?.configuration ?? changed.configuration).json.bytes)
    }
}
