import JSON

/// An HTTP API with its routes, integrations and stages.
struct API: Sendable {
    var id: String
    var name: String
    var description: String?
    var created: Int64
    var tags: [String: String] = [:]
    var cors: CORS?
    var routes: [Route] = []
    var integrations: [Integration] = []
    var stages: [Stage] = []
    var deployments: [Deployment] = []

    struct Route: Sendable {
        var id: String
        var key: RouteKey
        /// `integrations/abc123`
        var target: String?
        var operationName: String?
    }

    struct Integration: Sendable {
        var id: String
        var type: String
        /// A function's ARN, or what API Gateway makes of it (`arn:…:path/2015-03-31/functions/ARN/invocations`).
        var uri: String
        var payloadFormatVersion: String
        var timeoutMilliseconds: Int
        var description: String?
    }

    struct Stage: Sendable {
        var name: String
        var isAutoDeploy: Bool
        var variables: [String: String]
        var description: String?
        var created: Int64
    }

    struct Deployment: Sendable {
        var id: String
        var description: String?
        var created: Int64
    }

    func integration(of route: Route) -> Integration? {
        guard let id = route.target?.split(separator: "/").last else { return nil }
        return integrations.first { $0.id == id }
    }
}
