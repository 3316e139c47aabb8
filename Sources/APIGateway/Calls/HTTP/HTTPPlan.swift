import AWSCore
import JSON

/// An HTTP API made ready for calls.
struct HTTPPlan: Sendable {
    let cors: CORS?
    let isDisabled: Bool
    let stages: [String: Stage]

    struct Stage: Sendable {
        let name: String
        let variables: [String: String]
        let routes: RouteTable<[String: Route]>
        /// `$default`
        let fallback: Route?
        let throttle: ThrottleLimit?
        let throttles: [String: ThrottleLimit]
    }

    struct Route: Sendable {
        let key: RouteKey
        let integration: HTTPIntegration?
        let authorization: Authorization
    }

    enum Authorization: Sendable {
        case none
        /// Any signed request.
        case signature
        case jwt(JWTAuthorizer)
        case function(HTTPFunctionAuthorizer)
        /// What the authorizer is cannot be made out: nobody passes.
        case broken(String)
    }

    /// The routes of a deployment, made once for all stages that show it.
    private struct Routes {
        var table = RouteTable<[String: Route]>()
        var fallback: Route?
    }

    init(_ api: Document) {
        cors = api.members["corsConfiguration"].flatMap { try? CORS($0) }
        isDisabled = api.members["disableExecuteApiEndpoint"]?.bool ?? false
        var made: [String: Routes] = [:]
        var stages: [String: Stage] = [:]
        for (name, stage) in api.part("stages") {
            let deployment = stage["autoDeploy"]?.bool == true ? "" : stage["deploymentId"]?.string
            guard let deployment else { continue }
            guard let snapshot = deployment.isEmpty ? api.live : api.snapshots[deployment] else { continue }
            let routes = made[deployment] ?? Self.routes(snapshot)
            made[deployment] = routes
            var throttles: [String: ThrottleLimit] = [:]
            for (key, settings) in stage["routeSettings"]?.object ?? JSONObject() {
                throttles[key] = ThrottleLimit(routeSettings: settings)
            }
            stages[name] = Stage(
                name: name, variables: stage["stageVariables"]?.stringMap ?? [:], routes: routes.table,
                fallback: routes.fallback,
                throttle: stage["defaultRouteSettings"].flatMap(ThrottleLimit.init(routeSettings:)),
                throttles: throttles)
        }
        self.stages = stages
    }

    private static func routes(_ snapshot: Document.Snapshot) -> Routes {
        var routes = Routes()
        for (_, value) in snapshot.parts["routes"] ?? JSONObject() {
            guard let key = try? RouteKey(value["routeKey"]?.string ?? "") else { continue }
            let route = route(key, value, snapshot)
            guard let method = key.method else {
                routes.fallback = route
                continue
            }
            routes.table.insert(key.path) { known in
                var methods = known ?? [:]
                methods[method] = route
                return methods
            }
        }
        return routes
    }

    private static func route(_ key: RouteKey, _ value: JSON, _ snapshot: Document.Snapshot) -> Route {
        let integrationID = value["target"]?.string?.split(separator: "/").last.map(String.init) ?? ""
        let integration = snapshot.parts["integrations"]?[integrationID].map { HTTPIntegration($0) }
        let authorizerID = value["authorizerId"]?.string ?? ""
        let authorizer = snapshot.parts["authorizers"]?[authorizerID]
        let authorization: Authorization =
            switch (value["authorizationType"]?.string ?? "NONE", authorizer) {
            case ("NONE", _): .none
            case ("AWS_IAM", _): .signature
            case ("JWT", let authorizer?):
                .jwt(JWTAuthorizer(authorizer, scopes: value["authorizationScopes"]?.stringList ?? []))
            case ("CUSTOM", let authorizer?): .function(HTTPFunctionAuthorizer(authorizer))
            default: .broken("the authorizer \(authorizerID) does not exist")
            }
        return Route(
            key: key, integration: integration, authorization: authorization)
    }
}

extension HTTPPlan.Stage {
    func route(method: String, path: [Substring]) -> (HTTPPlan.Route, [String: String])? {
        let match = routes.match(path) { $0[method] != nil || $0["ANY"] != nil }
        if let match, let route = match.target[method] ?? match.target["ANY"] { return (route, match.parameters) }
        return fallback.map { ($0, [:]) }
    }
}

extension ThrottleLimit {
    /// - Returns: `nil` where no limit is set.
    init?(routeSettings json: JSON) {
        guard let rate = json["throttlingRateLimit"]?.double else { return nil }
        self.init(rate: rate, burst: json["throttlingBurstLimit"]?.double ?? max(rate, 1))
    }
}
