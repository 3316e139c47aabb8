import AWSCore
import JSON

extension HTTPPart {
    static let integration = HTTPPart(
        name: "Integration", kind: "integrations", idName: "integrationId",
        fields: [
            Field("integrationType", .choice(["AWS", "HTTP", "MOCK", "HTTP_PROXY", "AWS_PROXY"])),
            Field("integrationUri"), Field("integrationMethod"), Field("integrationSubtype"), Field("description"),
            Field("payloadFormatVersion", .choice(["1.0", "2.0"])), Field("timeoutInMillis", .whole(50...30_000)),
            Field("connectionType", .choice(["INTERNET", "VPC_LINK"])), Field("connectionId"), Field("credentialsArn"),
            Field("requestParameters", .map), Field("responseParameters", .map), Field("tlsConfig", .structure),
        ]
    ) { integration, _ throws(ServiceError) in
        let type = try integration.required("integrationType")
        integration["connectionType"] = integration["connectionType"] ?? "INTERNET"
        integration["timeoutInMillis"] = integration["timeoutInMillis"] ?? 30_000
        guard integration["connectionType"] == "INTERNET" else {
            throw .badRequest("Integrations through a VPC link are not served here")
        }
        let version = integration["payloadFormatVersion"]?.string
        switch type {
        case "AWS_PROXY" where integration["integrationSubtype"] != nil:
            try HTTPServiceAction.check(integration)
            integration["payloadFormatVersion"] = "1.0"
        case "AWS_PROXY":
            _ = try integration.required("integrationUri")
            guard version != nil else {
                throw .badRequest("PayloadFormatVersion is a required parameter for integration")
            }
            integration["integrationMethod"] = integration["integrationMethod"] ?? "POST"
        case "HTTP_PROXY":
            let uri = try integration.required("integrationUri")
            _ = try integration.required("integrationMethod")
            guard version != "2.0" else { throw .badRequest("PayloadFormatVersion 2.0 is for functions only") }
            integration["payloadFormatVersion"] = "1.0"
            guard uri.hasPrefix("http://") || uri.hasPrefix("https://") else {
                throw .badRequest("Invalid HTTP endpoint specified for URI: \(uri)")
            }
        default: throw .badRequest("Integrations of type \(type) are for WebSocket APIs, which are not served here")
        }
        try HTTPMapping.check(integration)
    }

    static let authorizer = HTTPPart(
        name: "Authorizer", kind: "authorizers", idName: "authorizerId",
        fields: [
            Field("name"), Field("authorizerType", .choice(["REQUEST", "JWT"])), Field("identitySource", .list),
            Field("authorizerUri"), Field("authorizerPayloadFormatVersion", .choice(["1.0", "2.0"])),
            Field("authorizerResultTtlInSeconds", .whole(0...3600)), Field("enableSimpleResponses", .flag),
            Field("authorizerCredentialsArn"), Field("identityValidationExpression"),
            Field("jwtConfiguration", .structure),
        ]
    ) { authorizer, api throws(ServiceError) in
        let name = try authorizer.required("name")
        let id = authorizer["authorizerId"]?.string
        for (other, value) in api.part("authorizers") where other != id && value["name"]?.string == name {
            throw .conflict("Authorizer with name \(name) already exists for this API")
        }
        let sources = authorizer["identitySource"]?.stringList ?? []
        for source in sources where !source.hasPrefix("$") {
            throw .badRequest("Invalid identity source \(source): it begins with $request, $context or $stageVariables")
        }
        guard try authorizer.required("authorizerType") == "REQUEST" else {
            guard let issuer = authorizer["jwtConfiguration"]?["issuer"]?.string,
                issuer.hasPrefix("https://") || issuer.hasPrefix("http://")
            else { throw .badRequest("Invalid issuer: it is the URL of an OpenID Connect provider") }
            guard !(authorizer["jwtConfiguration"]?["audience"]?.stringList ?? []).isEmpty else {
                throw .badRequest("A JWT authorizer has at least one audience")
            }
            guard sources.count == 1 else { throw .badRequest("A JWT authorizer has one identity source") }
            return
        }
        _ = try authorizer.required("authorizerUri")
        guard let version = authorizer["authorizerPayloadFormatVersion"]?.string else {
            throw .badRequest("AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer")
        }
        guard version == "2.0" || authorizer["enableSimpleResponses"] != true else {
            throw .badRequest("Simple responses want the payload format version 2.0")
        }
        if authorizer["authorizerResultTtlInSeconds"] == nil {
            authorizer["authorizerResultTtlInSeconds"] = sources.isEmpty ? 0 : 300
        }
        guard !sources.isEmpty || authorizer["authorizerResultTtlInSeconds"] == 0 else {
            throw .badRequest("Caching the answers of an authorizer wants an identity source")
        }
        authorizer["enableSimpleResponses"] = authorizer["enableSimpleResponses"] ?? false
    }
}
