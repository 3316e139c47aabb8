import AWSCore
import JSON

enum PublishVersion: RESTOperation {
    static let name = "PublishVersion"
    static let method = "POST"
    static let path = "/2015-03-31/functions/{FunctionName}/versions"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let function = try context.changeable(parameters, request)
        if let target = try Input.string(input, "PublishTo") {
            throw .invalid("fntop has no managed instances: PublishTo \(target) is not supported.")
        }
        let description = try Input.description(input)
        let digest = try Input.string(input, "CodeSha256") ?? ""
        guard digest.isEmpty || digest == function.code.sha256 else {
            throw .invalid(
                "CodeSHA256 (\(digest)) is different from current CodeSHA256 in $LATEST (\(function.code.sha256)). "
                    + "Please try again with the CodeSHA256 in $LATEST.")
        }
        let revision = try Input.string(input, "RevisionId")
        var published: PublishedVersion?
        let changed = try context.functions.change(function.name, revision: revision) { function in
            published = function.publish(description: description).version
        }
        return ServiceResponse(status: 201, body: (published?.configuration ?? changed.configuration).json.bytes)
    }
}

enum ListVersionsByFunction: RESTOperation {
    static let name = "ListVersionsByFunction"
    static let method = "GET"
    static let path = "/2015-03-31/functions/{FunctionName}/versions"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let function = try context.function(parameters, request)
        let page = try Page(function.allConfigurations, request) { $0.version }
        return page.response("Versions") { $0.json(qualifier: $0.version) }
    }
}

extension LambdaFunction {
    /// `$LATEST` and all published versions, the oldest first.
    var allConfigurations: [FunctionConfiguration] { [configuration] + versions.map(\.configuration) }
}
