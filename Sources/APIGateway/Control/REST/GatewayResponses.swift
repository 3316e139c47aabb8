import AWSCore
import JSON

/// What the gateway itself answers, by type: status, name of the error and text, until an API changes them.
///
/// See "Gateway response types for API Gateway" in the API Gateway Developer Guide.
enum GatewayResponse: String, Sendable, CaseIterable {
    case accessDenied = "ACCESS_DENIED"
    case configurationError = "API_CONFIGURATION_ERROR"
    case authorizerConfigurationError = "AUTHORIZER_CONFIGURATION_ERROR"
    case authorizerFailure = "AUTHORIZER_FAILURE"
    case badParameters = "BAD_REQUEST_PARAMETERS"
    case badBody = "BAD_REQUEST_BODY"
    case default4XX = "DEFAULT_4XX"
    case default5XX = "DEFAULT_5XX"
    case expiredToken = "EXPIRED_TOKEN"
    case integrationFailure = "INTEGRATION_FAILURE"
    case integrationTimeout = "INTEGRATION_TIMEOUT"
    case invalidKey = "INVALID_API_KEY"
    case invalidSignature = "INVALID_SIGNATURE"
    case missingToken = "MISSING_AUTHENTICATION_TOKEN"
    case quotaExceeded = "QUOTA_EXCEEDED"
    case tooLarge = "REQUEST_TOO_LARGE"
    case notFound = "RESOURCE_NOT_FOUND"
    case throttled = "THROTTLED"
    case unauthorized = "UNAUTHORIZED"
    case unsupportedMedia = "UNSUPPORTED_MEDIA_TYPE"
    case filtered = "WAF_FILTERED"

    /// `nil` where the type has no status of its own.
    var status: Int? {
        switch self {
        case .accessDenied, .expiredToken, .invalidKey, .invalidSignature, .missingToken, .filtered: 403
        case .configurationError, .authorizerConfigurationError, .authorizerFailure: 500
        case .badParameters, .badBody: 400
        case .default4XX, .default5XX: nil
        case .integrationFailure, .integrationTimeout: 504
        case .quotaExceeded, .throttled: 429
        case .tooLarge: 413
        case .notFound: 404
        case .unauthorized: 401
        case .unsupportedMedia: 415
        }
    }

    /// `x-amzn-ErrorType`
    var error: String {
        switch self {
        case .accessDenied: "AccessDeniedException"
        case .authorizerConfigurationError: "AuthorizerConfigurationException"
        case .authorizerFailure: "AuthorizerFailureException"
        case .badParameters, .badBody: "BadRequestException"
        case .expiredToken: "ExpiredTokenException"
        case .integrationTimeout: "InternalServerErrorException"
        case .invalidKey, .filtered: "ForbiddenException"
        case .invalidSignature: "InvalidSignatureException"
        case .missingToken: "MissingAuthenticationTokenException"
        case .quotaExceeded: "LimitExceededException"
        case .throttled: "TooManyRequestsException"
        case .tooLarge: "RequestTooLargeException"
        case .notFound: "NotFoundException"
        case .unauthorized: "UnauthorizedException"
        case .unsupportedMedia: "UnsupportedMediaTypeException"
        case .configurationError, .integrationFailure, .default4XX, .default5XX: "InternalServerErrorException"
        }
    }

    var message: String? {
        switch self {
        case .accessDenied: "User is not authorized to access this resource"
        case .authorizerConfigurationError, .authorizerFailure: nil
        case .badParameters: "Missing required request parameters"
        case .badBody: "Invalid request body"
        case .expiredToken: "The security token included in the request is expired"
        case .integrationTimeout: "Endpoint request timed out"
        case .invalidKey, .filtered: "Forbidden"
        case .invalidSignature: "Invalid signature"
        case .missingToken: "Missing Authentication Token"
        case .quotaExceeded: "Limit Exceeded"
        case .throttled: "Too Many Requests"
        case .tooLarge: "Request Too Long"
        case .notFound: "Not Found"
        case .unauthorized: "Unauthorized"
        case .unsupportedMedia: "Unsupported Media Type"
        case .configurationError, .integrationFailure, .default4XX, .default5XX: "Internal server error"
        }
    }

    /// Some of the answers have a space behind the colon, and one a capital letter, as AWS writes them.
    func body(_ message: String?) -> [UInt8] {
        let text = (message.map(JSON.string) ?? .null).text
        switch self {
        case .accessDenied: return Array("{\"Message\":\(text)}".utf8)
        case .badParameters, .badBody, .integrationFailure, .integrationTimeout, .configurationError, .default5XX:
            return Array("{\"message\": \(text)}".utf8)
        default: return Array("{\"message\":\(text)}".utf8)
        }
    }
}

/// Operations on them.
enum GatewayResponseOperations {
    static let routes: [ControlRoute] = [
        .control("PutGatewayResponse", "PUT", path, status: 201) { call throws(ServiceError) in
            let type = try type(call)
            var given = try fields.read(call.input())
            given["responseType"] = .string(type.rawValue)
            given["defaultResponse"] = false
            let response = JSON.object(given)
            try call.apis.change(.rest, call["restapi_id"]) { $0.set("gatewayResponses", type.rawValue, response) }
            return shown(type, response)
        },
        .control("GetGatewayResponse", "GET", path) { call throws(ServiceError) in
            let api = try call.apis.find(.rest, call["restapi_id"])
            let type = try type(call)
            return shown(type, api.part("gatewayResponses", type.rawValue))
        },
        .control("GetGatewayResponses", "GET", "/restapis/{restapi_id}/gatewayresponses") { call throws(ServiceError) in
            let api = try call.apis.find(.rest, call["restapi_id"])
            let all = GatewayResponse.allCases.map { shown($0, api.part("gatewayResponses", $0.rawValue)) }
            return ["item": .array(all)]
        },
        .control("UpdateGatewayResponse", "PATCH", path) { call throws(ServiceError) in
            let type = try type(call)
            let patches = try Patch.read(call.input())
            return try call.apis.change(.rest, call["restapi_id"]) { api throws(ServiceError) in
                var response = api.part("gatewayResponses", type.rawValue)?.object ?? JSONObject()
                for patch in patches {
                    try patch.apply(to: &response, known: ["statusCode", "responseParameters", "responseTemplates"])
                }
                response["responseType"] = .string(type.rawValue)
                response["defaultResponse"] = false
                api.set("gatewayResponses", type.rawValue, .object(response))
                return shown(type, .object(response))
            }
        },
        .control("DeleteGatewayResponse", "DELETE", path, status: 202) { call throws(ServiceError) in
            let type = try type(call)
            try call.apis.change(.rest, call["restapi_id"]) { api throws(ServiceError) in
                guard api.part("gatewayResponses", type.rawValue) != nil else {
                    throw .notFound("Gateway response type not defined on api")
                }
                api.set("gatewayResponses", type.rawValue, nil)
            }
            return .null
        },
    ]

    private static let path = "/restapis/{restapi_id}/gatewayresponses/{response_type}"
    private static let fields = [
        Field("statusCode"), Field("responseParameters", .map), Field("responseTemplates", .map),
    ]

    private static func type(_ call: ControlCall) throws(ServiceError) -> GatewayResponse {
        guard let type = GatewayResponse(rawValue: call["response_type"]) else {
            throw .badRequest("Invalid gateway response type specified: \(call["response_type"])")
        }
        return type
    }

    private static func shown(_ type: GatewayResponse, _ changed: JSON?) -> JSON {
        var json = changed ?? ["responseType": .string(type.rawValue), "defaultResponse": true]
        if json["statusCode"] == nil, let status = type.status { json["statusCode"] = .string(String(status)) }
        if json["responseParameters"] == nil { json["responseParameters"] = .object(JSONObject()) }
        if json["responseTemplates"] == nil {
            json["responseTemplates"] = ["application/json": "{\"message\":$context.error.messageString}"]
        }
        return json
    }
}

/// Settings of the account.
enum AccountOperations {
    static let routes: [ControlRoute] = [
        .control("GetAccount", "GET", "/account") { call throws(ServiceError) in json(call.apis.account) },
        .control("UpdateAccount", "PATCH", "/account") { call throws(ServiceError) in
            let patches = try Patch.read(call.input())
            return try call.apis.change(.account, nil) { account throws(ServiceError) in
                for patch in patches {
                    try patch.apply(to: &account.members, known: ["cloudwatchRoleArn", "features"])
                }
                return json(account)
            }
        },
    ]

    private static func json(_ account: Document) -> JSON {
        .known([
            ("cloudwatchRoleArn", account.members["cloudwatchRoleArn"]),
            ("throttleSettings", ["burstLimit": 5000, "rateLimit": 10000]), ("features", ["UsagePlans"]),
            ("apiKeyVersion", "4"),
        ])
    }
}
