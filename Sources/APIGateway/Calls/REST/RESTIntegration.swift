import AWSCore
import JSON
import VelocityTemplate

/// Where the requests of a method go, and how they and the answers are mapped.
struct RESTIntegration: Sendable {
    enum Kind: String, Sendable {
        case http = "HTTP"
        case httpProxy = "HTTP_PROXY"
        case aws = "AWS"
        case awsProxy = "AWS_PROXY"
        case mock = "MOCK"
    }

    let kind: Kind
    let uri: String
    let method: String
    /// `integration.request.header.x` ← `method.request.header.y`
    let parameters: [(target: String, source: String)]
    let templates: Templates
    let passthrough: String
    let milliseconds: Int
    let responses: [Response]
    let handling: String?

    struct Response: Sendable {
        let status: Int
        /// Empty for the standard one.
        let pattern: String
        let parameters: [(target: String, source: String)]
        let templates: Templates
        let handling: String?
    }

    /// Mapping templates by content type; one that cannot be read says so when it is used.
    struct Templates: Sendable {
        private let all: [(type: String, template: Result<VelocityTemplate, VelocityError>)]

        init(_ json: JSON?) {
            all = (json?.object ?? JSONObject()).map { type, source in
                let text = source.string ?? ""
                return (
                    type.lowercased(),
                    Result { () throws(VelocityError) in try VelocityTemplate(text) }
                )
            }
        }

        var isEmpty: Bool { all.isEmpty }
        var first: (type: String, template: Result<VelocityTemplate, VelocityError>)? {
            all.first { $0.type == "application/json" } ?? all.first
        }

        subscript(type: String) -> Result<VelocityTemplate, VelocityError>? {
            (all.first { $0.type == type } ?? all.first { $0.type == "$default" })?.template
        }
    }

    init(_ json: JSON) {
        kind = json["type"]?.string.flatMap(Kind.init) ?? .mock
        uri = json["uri"]?.string ?? ""
        method = json["httpMethod"]?.string ?? "POST"
        parameters = Self.pairs(json["requestParameters"])
        templates = Templates(json["requestTemplates"])
        passthrough = json["passthroughBehavior"]?.string ?? "WHEN_NO_MATCH"
        milliseconds = json["timeoutInMillis"]?.int ?? 29_000
        handling = json["contentHandling"]?.string
        responses = (json["integrationResponses"]?.object ?? JSONObject()).map { status, response in
            Response(
                status: Int(status) ?? 200, pattern: response["selectionPattern"]?.string ?? "",
                parameters: Self.pairs(response["responseParameters"]),
                templates: Templates(response["responseTemplates"]),
                handling: response["contentHandling"]?.string)
        }
    }

    private static func pairs(_ json: JSON?) -> [(target: String, source: String)] {
        (json?.object ?? JSONObject()).map { ($0, $1.string ?? $1.text) }
    }

    /// The response whose pattern matches the whole text, or the standard one.
    ///
    /// - Parameter text: a function's error message, or the status code of a backend; `nil` for a function's success.
    func response(for text: String?) throws(VelocityError) -> Response? {
        if let text {
            for response in responses where !response.pattern.isEmpty {
                if try Pattern(response.pattern).matches(text) { return response }
            }
        }
        return responses.first { $0.pattern.isEmpty }
    }

    /// What answers, as a description tells it.
    var description: String {
        switch kind {
        case .mock: "MOCK"
        case .http, .httpProxy: uri
        case .aws, .awsProxy:
            uri.contains("/functions/") ? FunctionURI.name(FunctionURI.function(uri)) : RESTBackend.name(uri)
        }
    }
}
