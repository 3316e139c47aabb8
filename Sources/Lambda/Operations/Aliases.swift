import AWSCore
import JSON
import Telemetry

enum CreateAlias: RESTOperation {
    static let name = "CreateAlias"
    static let method = "POST"
    static let path = "/2015-03-31/functions/{FunctionName}/aliases"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let function = try context.function(parameters, request)
        let name = try Input.required(input, "Name")
        try Alias.check(name: name)
        var alias = Alias(name: name, version: try Input.required(input, "FunctionVersion"))
        try alias.apply(input, to: function)
        var isNew = false
        let wanted = alias
        _ = try context.functions.change(function.name) { function in
            isNew = function.aliases[name] == nil
            if isNew { function.aliases[name] = wanted }
        }
        guard isNew else { throw .conflict("Alias already exists: \(function.arn):\(name)") }
        return ServiceResponse(status: 201, body: alias.json(function.arn).bytes)
    }
}

enum UpdateAlias: RESTOperation {
    static let name = "UpdateAlias"
    static let method = "PUT"
    static let path = "/2015-03-31/functions/{FunctionName}/aliases/{Name}"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let function = try context.function(parameters, request)
        let name = parameters["Name"] ?? ""
        guard var alias = function.aliases[name] else { throw .missing("Alias not found: \(function.arn):\(name)") }
        if let revision = try Input.string(input, "RevisionId"), revision != alias.revision {
            throw .outOfDate
        }
        try alias.apply(input, to: function)
        alias.revision = RequestID().description
        let wanted = alias
        _ = try context.functions.change(function.name) { $0.aliases[name] = wanted }
        return ServiceResponse(body: alias.json(function.arn).bytes)
    }
}

enum GetAlias: RESTOperation {
    static let name = "GetAlias"
    static let method = "GET"
    static let path = "/2015-03-31/functions/{FunctionName}/aliases/{Name}"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let function = try context.function(parameters, request)
        let name = parameters["Name"] ?? ""
        guard let alias = function.aliases[name] else {
            throw .missing("Cannot find alias arn: \(function.arn):\(name)")
        }
        return ServiceResponse(body: alias.json(function.arn).bytes)
    }
}

enum ListAliases: RESTOperation {
    static let name = "ListAliases"
    static let method = "GET"
    static let path = "/2015-03-31/functions/{FunctionName}/aliases"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let function = try context.function(parameters, request)
        let version = request.query("FunctionVersion")
        let aliases = function.aliases.values.filter { version == nil || $0.version == version }
            .sorted { $0.name < $1.name }
        return try Page(aliases, request) { $0.name }.response("Aliases") { $0.json(function.arn) }
    }
}

enum DeleteAlias: RESTOperation {
    static let name = "DeleteAlias"
    static let method = "DELETE"
    static let path = "/2015-03-31/functions/{FunctionName}/aliases/{Name}"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let function = try context.function(parameters, request)
        let name = parameters["Name"] ?? ""
        if function.aliases[name] != nil {
            _ = try context.functions.change(function.name) { function in
                function.aliases[name] = nil
                function.eventInvokeConfigs[name] = nil
            }
        }
        return ServiceResponse(status: 204)
    }
}
