import AWSCore
import JSON

enum GetAccountSettings: RESTOperation {
    static let name = "GetAccountSettings"
    static let method = "GET"
    static let path = "/2016-08-19/account-settings"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let functions = context.functions.sorted
        let output: JSON = [
            "AccountLimit": [
                "TotalCodeSize": 80_530_636_800, "CodeSizeUnzipped": .int(CodeStore.unzippedLimit),
                "CodeSizeZipped": .int(CodeStore.zippedLimit),
                "ConcurrentExecutions": .int(context.environments.settings.accountConcurrency),
                "UnreservedConcurrentExecutions": .int(context.environments.unreservedConcurrency),
            ],
            "AccountUsage": [
                "TotalCodeSize": .int(functions.reduce(0) { $0 + $1.code.size }),
                "FunctionCount": .int(functions.count),
            ],
        ]
        return ServiceResponse(body: output.bytes)
    }
}

/// Asked by deployment tools; no code is signed here.
enum GetFunctionCodeSigningConfig: RESTOperation {
    static let name = "GetFunctionCodeSigningConfig"
    static let method = "GET"
    static let path = "/2020-06-30/functions/{FunctionName}/code-signing-config"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let function = try context.function(parameters, request)
        let output: JSON = ["CodeSigningConfigArn": "", "FunctionName": .string(function.name)]
        return ServiceResponse(body: output.bytes)
    }
}
