import AWSCore
import JSON
import Telemetry

/// The event of payload format version 1.0: what REST APIs send to functions, and HTTP APIs that ask for it.
///
/// See "Input format of a Lambda function for proxy integration" in the API Gateway Developer Guide.
struct ProxyEvent1 {
    let incoming: Incoming
    /// `/items/{id}`
    let resource: String
    let resourceID: String
    let path: String
    let headers: HTTPHeaders
    let query: [(name: String, value: String)]
    let authorizer: JSON?
    let body: (text: String, isBase64: Bool)?
    var apiKey: (id: String, value: String)?

    var json: JSON {
        let (single, multiple) = Self.lists(sentHeaders)
        let (queryValues, queryLists) = Self.lists(query)
        return .known([
            ("resource", .string(resource)), ("path", .string(PercentEncoding.decoded(path))),
            ("httpMethod", .string(incoming.request.method)), ("headers", single ?? .null),
            ("multiValueHeaders", multiple ?? .null), ("queryStringParameters", queryValues ?? .null),
            ("multiValueQueryStringParameters", queryLists ?? .null),
            ("pathParameters", .strings(incoming.parameters) ?? .null),
            ("stageVariables", .strings(incoming.variables) ?? .null), ("requestContext", context),
            ("body", body.map { .string($0.text) } ?? .null), ("isBase64Encoded", .bool(body?.isBase64 ?? false)),
        ])
    }

    /// The client's headers with those that the gateway adds.
    private var sentHeaders: [(name: String, value: String)] {
        var headers = headers
        let source = incoming.request.context.sourceIP
        headers["X-Forwarded-For"] = headers["X-Forwarded-For"].map { "\($0), \(source)" } ?? source
        if headers["X-Forwarded-Proto"] == nil { headers["X-Forwarded-Proto"] = "http" }
        if headers["X-Amzn-Trace-Id"] == nil { headers["X-Amzn-Trace-Id"] = incoming.request.context.traceHeader }
        return headers.fields.map { ($0.name, $0.value) }
    }

    /// The last value of each name, and all of them.
    private static func lists(_ pairs: [(name: String, value: String)]) -> (JSON?, JSON?) {
        guard !pairs.isEmpty else { return (nil, nil) }
        var single = JSONObject()
        var multiple = JSONObject()
        for (name, value) in pairs {
            single[name] = .string(value)
            multiple[name] = .array((multiple[name]?.array ?? []) + [.string(value)])
        }
        return (.object(single), .object(multiple))
    }

    var context: JSON {
        let request = incoming.request
        var identity = JSONObject()
        for name in [
            "cognitoIdentityPoolId", "accountId", "cognitoIdentityId", "caller", "accessKey",
            "cognitoAuthenticationType",
            "cognitoAuthenticationProvider", "userArn", "user",
        ] {
            identity[name] = .null
        }
        identity["sourceIp"] = .string(request.context.sourceIP)
        identity["userAgent"] = request.headers["User-Agent"].map(JSON.string) ?? .null
        if let apiKey {
            identity["apiKey"] = .string(apiKey.value)
            identity["apiKeyId"] = .string(apiKey.id)
        }
        return .known([
            ("resourceId", .string(resourceID)), ("resourcePath", .string(resource)), ("authorizer", authorizer),
            ("httpMethod", .string(request.method)), ("extendedRequestId", .string(incoming.requestID)),
            ("requestTime", .string(incoming.requestTime)),
            ("path", .string(PercentEncoding.decoded(incoming.fullPath))),
            ("accountId", .string(request.context.account)), ("protocol", "HTTP/1.1"),
            ("stage", .string(incoming.stage)), ("domainPrefix", .string(incoming.apiID)),
            ("requestTimeEpoch", .int(Int(incoming.time.milliseconds))),
            ("requestId", .string(request.context.requestID)),
            ("identity", .object(identity)), ("domainName", .string(incoming.domain)),
            ("apiId", .string(incoming.apiID)),
        ])
    }
}
