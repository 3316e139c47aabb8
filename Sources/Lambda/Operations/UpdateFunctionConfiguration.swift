import AWSCore
import JSON

enum UpdateFunctionConfiguration: RESTOperation {
    static let name = "UpdateFunctionConfiguration"
    static let method = "PUT"
    static let path = "/2015-03-31/functions/{FunctionName}/configuration"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let function = try context.changeable(parameters, request)
        var configuration = function.configuration
        try configuration.apply(input)
        let runtime = await context.interpreters.resolve(configuration.runtime)
        configuration.failure = nil
        if case .missing(let reason) = runtime { configuration.failure = reason }
        configuration.touch()
        let wanted = configuration
        let revision = try Input.string(input, "RevisionId")
        let changed = try context.functions.change(function.name, revision: revision) { function in
            let size = function.configuration.codeSize
            let digest = function.configuration.codeSHA256
            function.configuration = wanted
            function.configuration.codeSize = size
            function.configuration.codeSHA256 = digest
            function.runtime = runtime
        }
        context.environments.changed(VersionName(function.name))
        return ServiceResponse(body: changed.configuration.json.bytes)
    }
}
