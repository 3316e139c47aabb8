import AWSCore
import JSON
import Telemetry

/// The events that functions get of requests to HTTP APIs, and that Lambda authorizers get.
///
/// See "Working with AWS Lambda proxy integrations for HTTP APIs" in the API Gateway Developer Guide.
extension HTTPContext {
    /// Payload format version 2.0.
    func event2(_ mapped: MappedRequest?) -> JSON {
        var event = JSONObject()
        event["version"] = "2.0"
        event["routeKey"] = .string(route.key.text)
        event["rawPath"] = .string(PercentEncoding.decoded(mapped?.path ?? incoming.fullPath))
        event["rawQueryString"] = .string(mapped?.rawQuery ?? incoming.request.rawQuery)
        addRequest(&event, mapped)
        event["requestContext"] = requestContext2
        event["pathParameters"] = .strings(incoming.parameters)
        let body = incoming.request.body.isEmpty ? nil : ProxyBody.encoded(incoming.request)
        if let body { event["body"] = .string(body.text) }
        event["isBase64Encoded"] = .bool(body?.isBase64 ?? false)
        event["stageVariables"] = .strings(incoming.variables)
        return .object(event)
    }

    private func addRequest(_ event: inout JSONObject, _ mapped: MappedRequest? = nil) {
        let headers = mapped?.headers ?? incoming.request.headers
        let cookies = headers.all("Cookie").flatMap { value in
            value.split(separator: ";").map { String($0.drop { $0 == " " }) }
        }
        if !cookies.isEmpty { event["cookies"] = .array(cookies.map(JSON.string)) }
        event["headers"] = joinedHeaders(headers)
        event["queryStringParameters"] = Self.joined(mapped?.query ?? incoming.request.query)
    }

    /// Names in lower case; several values of one name joined with commas.
    private func joinedHeaders(_ headers: HTTPHeaders) -> JSON {
        var object = JSONObject()
        for field in headers.fields where field.name.lowercased() != "cookie" {
            let name = field.name.lowercased()
            object[name] = .string(object[name]?.string.map { "\($0),\(field.value)" } ?? field.value)
        }
        if object["x-amzn-trace-id"] == nil {
            object["x-amzn-trace-id"] = .string(incoming.request.context.traceHeader)
        }
        let source = incoming.request.context.sourceIP
        object["x-forwarded-for"] = .string(object["x-forwarded-for"]?.string.map { "\($0), \(source)" } ?? source)
        if object["x-forwarded-proto"] == nil { object["x-forwarded-proto"] = "http" }
        if object["x-forwarded-port"] == nil { object["x-forwarded-port"] = .string(port) }
        return .object(object)
    }

    private var port: String {
        let host = incoming.request.headers["Host"] ?? ""
        return host.split(separator: ":").last.flatMap { Int($0) }.map(String.init) ?? "80"
    }

    private static func joined(_ query: [(name: String, value: String)]) -> JSON? {
        guard !query.isEmpty else { return nil }
        var object = JSONObject()
        for (name, value) in query { object[name] = .string(object[name]?.string.map { "\($0),\(value)" } ?? value) }
        return .object(object)
    }

    private var requestContext2: JSON {
        let request = incoming.request
        var context = JSONObject()
        context["accountId"] = .string(request.context.account)
        context["apiId"] = .string(incoming.apiID)
        switch authorizer {
        case .jwt(let claims, let scopes):
            let list = scopes.isEmpty ? JSON.null : .array(scopes.map(JSON.string))
            context["authorizer"] = ["jwt": ["claims": claims, "scopes": list]]
        case .function(let answer): context["authorizer"] = ["lambda": answer]
        case nil: break
        }
        context["domainName"] = .string(incoming.domain)
        context["domainPrefix"] = .string(incoming.apiID)
        context["http"] = [
            "method": .string(request.method), "path": .string(PercentEncoding.decoded(incoming.fullPath)),
            "protocol": "HTTP/1.1", "sourceIp": .string(request.context.sourceIP),
            "userAgent": .string(request.headers["User-Agent"] ?? ""),
        ]
        context["requestId"] = .string(incoming.requestID)
        context["routeKey"] = .string(route.key.text)
        context["stage"] = .string(incoming.stage)
        context["time"] = .string(incoming.requestTime)
        context["timeEpoch"] = .int(Int(incoming.time.milliseconds))
        return .object(context)
    }

    /// Payload format version 1.0.
    func event1(_ mapped: MappedRequest?) -> JSON {
        let event = ProxyEvent1(
            incoming: incoming, resource: route.key.path.isEmpty ? "$default" : route.key.path,
            resourceID: route.key.text,
            path: mapped?.path ?? incoming.fullPath, headers: mapped?.headers ?? incoming.request.headers,
            query: mapped?.query ?? incoming.request.query, authorizer: authorizer1,
            body: incoming.request.body.isEmpty ? nil : ProxyBody.encoded(incoming.request))
        var json = event.json
        json["version"] = "1.0"
        return json
    }

    private var authorizer1: JSON? {
        switch authorizer {
        case .jwt(let claims, let scopes):
            ["claims": claims, "scopes": scopes.isEmpty ? .null : .array(scopes.map(JSON.string))]
        case .function(let answer): answer
        case nil: JSON?.none
        }
    }

    /// What a Lambda authorizer gets.
    ///
    /// - Parameter identity: the values of the identity sources.
    func authorizerEvent(isVersion2: Bool, identity: [String]) -> JSON {
        guard isVersion2 else {
            var event = event1(nil)
            event["type"] = "REQUEST"
            event["methodArn"] = .string(arn)
            event["identitySource"] = .string(identity.joined(separator: ","))
            event["authorizationToken"] = .string(identity.joined(separator: ","))
            event["body"] = nil
            event["isBase64Encoded"] = nil
            return event
        }
        var event = JSONObject()
        event["version"] = "2.0"
        event["type"] = "REQUEST"
        event["routeArn"] = .string(arn)
        event["identitySource"] = identity.isEmpty ? .null : .array(identity.map(JSON.string))
        event["routeKey"] = .string(route.key.text)
        event["rawPath"] = .string(PercentEncoding.decoded(incoming.fullPath))
        event["rawQueryString"] = .string(incoming.request.rawQuery)
        addRequest(&event)
        event["requestContext"] = requestContext2
        event["pathParameters"] = .strings(incoming.parameters)
        event["stageVariables"] = .strings(incoming.variables)
        return .object(event)
    }
}
