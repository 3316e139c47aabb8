import AWSCore
import JSON

enum ListFunctions: RESTOperation {
    static let name = "ListFunctions"
    static let method = "GET"
    static let path = "/2015-03-31/functions"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        // With FunctionVersion=ALL every function comes with all its versions.
        let isAll = request.query("FunctionVersion") == "ALL"
        let all = context.functions.sorted.flatMap { function in
            isAll ? function.allConfigurations : [function.configuration]
        }
        let page = try Page(all, request) { $0.name + (isAll ? ":\($0.version)" : "") }
        return page.response("Functions") { isAll ? $0.json(qualifier: $0.version) : $0.json }
    }
}
