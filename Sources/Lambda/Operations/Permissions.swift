import AWSCore
import JSON
import Telemetry

enum AddPermission: RESTOperation {
    static let name = "AddPermission"
    static let method = "POST"
    static let path = "/2015-03-31/functions/{FunctionName}/policy"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let reference = try context.reference(parameters, request)
        let function = try context.functions.find(reference, call: request.context)
        let arn = reference.arn(of: function)
        let identifier = try Input.required(input, "StatementId")
        let action = try Input.required(input, "Action")
        let principal = try Input.required(input, "Principal")
        guard action == "*" || action.hasPrefix("lambda:") else {
            throw .constraint(
                action, at: "action", "satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])")
        }
        guard !function.policy(of: arn).contains(where: { $0["Sid"]?.string == identifier }) else {
            throw .conflict(
                "The statement id (\(identifier)) provided already exists. Please provide a new statement id, or remove "
                    + "the existing statement.")
        }
        let statement = try statement(input, identifier, action, principal, arn)
        _ = try context.functions.change(function.name) { function in
            function.policy.append(statement)
            function.policyRevision = RequestID().description
        }
        let output: JSON = ["Statement": .string(statement.text)]
        return ServiceResponse(status: 201, body: output.bytes)
    }

    private static func statement(
        _ input: JSON, _ identifier: String, _ action: String, _ principal: String, _ arn: String
    ) throws(ServiceError) -> JSON {
        var statement: JSON = ["Sid": .string(identifier), "Effect": "Allow"]
        let isAccount = principal.utf8.count == 12 && principal.allSatisfy(\.isNumber)
        statement["Principal"] =
            principal == "*"
            ? "*"
            : principal.hasSuffix(".amazonaws.com")
                ? ["Service": .string(principal)]
                : ["AWS": .string(isAccount ? "arn:aws:iam::\(principal):root" : principal)]
        statement["Action"] = .string(action)
        statement["Resource"] = .string(arn)
        var condition = JSONObject()
        if let source = try Input.string(input, "SourceArn") {
            condition["ArnLike"] = ["AWS:SourceArn": .string(source)]
        }
        var equals = JSONObject()
        if let account = try Input.string(input, "SourceAccount") { equals["AWS:SourceAccount"] = .string(account) }
        if let token = try Input.string(input, "EventSourceToken") {
            equals["lambda:EventSourceToken"] = .string(token)
        }
        if let organisation = try Input.string(input, "PrincipalOrgID") {
            equals["aws:PrincipalOrgID"] = .string(organisation)
        }
        if let type = try Input.string(input, "FunctionUrlAuthType") {
            equals["lambda:FunctionUrlAuthType"] = .string(type)
        }
        if !equals.isEmpty { condition["StringEquals"] = .object(equals) }
        if !condition.isEmpty { statement["Condition"] = .object(condition) }
        return statement
    }
}

enum RemovePermission: RESTOperation {
    static let name = "RemovePermission"
    static let method = "DELETE"
    static let path = "/2015-03-31/functions/{FunctionName}/policy/{StatementId}"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let reference = try context.reference(parameters, request)
        let function = try context.functions.find(reference, call: request.context)
        let arn = reference.arn(of: function)
        let identifier = parameters["StatementId"] ?? ""
        guard function.policy(of: arn).contains(where: { $0["Sid"]?.string == identifier }) else {
            throw .missing("Statement \(identifier) is not found in resource policy.")
        }
        _ = try context.functions.change(function.name) { function in
            function.policy.removeAll { $0["Sid"]?.string == identifier && $0["Resource"]?.string == arn }
            function.policyRevision = RequestID().description
        }
        return ServiceResponse(status: 204)
    }
}

enum GetPolicy: RESTOperation {
    static let name = "GetPolicy"
    static let method = "GET"
    static let path = "/2015-03-31/functions/{FunctionName}/policy"

    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: LambdaService.Context
    ) async throws(ServiceError) -> ServiceResponse {
        let reference = try context.reference(parameters, request)
        let function = try context.functions.find(reference, call: request.context)
        let arn = reference.arn(of: function)
        let statements = function.policy(of: arn)
        guard !statements.isEmpty else { throw .missing("The resource you requested does not exist.") }
        let policy: JSON = ["Version": "2012-10-17", "Id": "default", "Statement": .array(statements)]
        let output: JSON = ["Policy": .string(policy.text), "RevisionId": .string(function.policyRevision)]
        return ServiceResponse(body: output.bytes)
    }
}

extension LambdaFunction {
    /// The statements about the function, a version or an alias.
    fileprivate func policy(of arn: String) -> [JSON] { policy.filter { $0["Resource"]?.string == arn } }
}
