import AWSCore
import JSON

/// Where the requests of a route go.
struct HTTPIntegration: Sendable {
    enum Target: Sendable {
        /// A function's ARN or name, perhaps with stage variables in it; format 2.0 or 1.0 of the event.
        case function(String, isVersion2: Bool)
        case http(method: String, url: String)
        case service(HTTPServiceAction)
        case unknown(String)
    }

    let target: Target
    let milliseconds: Int
    let requestMapping: HTTPMapping
    let responseMappings: [String: HTTPMapping]

    init(_ json: JSON) {
        let uri = json["integrationUri"]?.string ?? ""
        milliseconds = json["timeoutInMillis"]?.int ?? 30_000
        responseMappings = (json["responseParameters"]?.object ?? JSONObject()).reduce(into: [:]) {
            $0[$1.0] = HTTPMapping($1.1)
        }
        if let action = HTTPServiceAction(json) {
            target = .service(action)
            requestMapping = HTTPMapping(nil)
            return
        }
        requestMapping = HTTPMapping(json["requestParameters"])
        switch json["integrationType"]?.string {
        case "AWS_PROXY":
            target = .function(FunctionURI.function(uri), isVersion2: json["payloadFormatVersion"]?.string == "2.0")
        case "HTTP_PROXY": target = .http(method: json["integrationMethod"]?.string ?? "ANY", url: uri)
        case let type: target = .unknown("integrations of type \(type ?? "") are not served here")
        }
    }

    /// What answers, as a description tells it: a function's name, a URL, an action.
    var description: String {
        switch target {
        case .function(let function, _): FunctionURI.name(function)
        case .http(_, let url): url
        case .service(let action): action.target ?? action.subtype
        case .unknown(let reason): reason
        }
    }
}
