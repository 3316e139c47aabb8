/// A request that an API answered.
package struct APIRequest: Hashable, Sendable {
    package var requestID: String
    /// The API's name.
    package var api: String
    package var apiID: String
    /// `HTTP` or `REST`.
    package var kind: String
    package var stage: String
    /// `POST /order`, as the route is declared; empty when no route fits.
    package var route: String
    package var method: String
    package var path: String
    /// As it was sent, without the question mark.
    package var query: String
    package var sourceIP: String
    package var status: Int
    package var latency: Microseconds
    /// Of that, waiting for the integration.
    package var integrationLatency: Microseconds
    /// The function that answered, and its invocation.
    package var function: String?
    package var invocation: RequestID?
    /// The ARN of the execution that it started.
    package var execution: String?
    /// `nil` where no authorizer was asked.
    package var authorizer: AuthorizerVerdict?
    package var request: HTTPMessage
    package var response: HTTPMessage
    /// Why the gateway itself could not answer as asked, for instance how the integration failed.
    package var errorMessage: String?
    /// What was passed on, with this request's own segment.
    package var traceHeader: String
    /// The segment of the client; empty where a trace begins.
    package var parentID: String

    package init(
        requestID: String,
        api: String,
        apiID: String = "",
        kind: String = "HTTP",
        stage: String = "",
        route: String,
        method: String,
        path: String,
        query: String = "",
        sourceIP: String = "",
        status: Int,
        latency: Microseconds,
        integrationLatency: Microseconds = .zero,
        function: String? = nil,
        invocation: RequestID? = nil,
        execution: String? = nil,
        authorizer: AuthorizerVerdict? = nil,
        request: HTTPMessage = HTTPMessage(),
        response: HTTPMessage = HTTPMessage(),
        errorMessage: String? = nil,
        traceHeader: String = "",
        parentID: String = ""
    ) {
        self.requestID = requestID
        self.api = api
        self.apiID = apiID
        self.kind = kind
        self.stage = stage
        self.route = route
        self.method = method
        self.path = path
        self.query = query
        self.sourceIP = sourceIP
        self.status = status
        self.latency = latency
        self.integrationLatency = integrationLatency
        self.function = function
        self.invocation = invocation
        self.execution = execution
        self.authorizer = authorizer
        self.request = request
        self.response = response
        self.errorMessage = errorMessage
        self.traceHeader = traceHeader
        self.parentID = parentID
    }
}

extension APIRequest {
    /// `orders/prod`: as X-Ray names what answered; without the stage where there is only the one without a name.
    package var service: String { stage.isEmpty || stage == "$default" ? api : "\(api)/\(stage)" }

    /// As the client asked for it; only the path when it did not say whom.
    package var url: String {
        let host = request.headers.first { $0.name.lowercased() == "host" }?.value
        return (host.map { "http://\($0)" } ?? "") + path + (query.isEmpty ? "" : "?\(query)")
    }
}

/// What an authorizer said of a request.
package struct AuthorizerVerdict: Hashable, Sendable {
    package var name: String
    /// `JWT`, `REQUEST`, `TOKEN`, `API_KEY`.
    package var kind: String
    package var isAllowed: Bool
    /// The answer was kept from an earlier request.
    package var isCached: Bool
    package var latency: Microseconds
    /// Whom it took the caller for; empty when it did not say.
    package var principal: String
    /// The invocation of a Lambda authorizer.
    package var invocation: RequestID?
    /// Why it refused, where that is known.
    package var reason: String?

    package init(
        name: String, kind: String, isAllowed: Bool, isCached: Bool = false, latency: Microseconds = .zero,
        principal: String = "", invocation: RequestID? = nil, reason: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.isAllowed = isAllowed
        self.isCached = isCached
        self.latency = latency
        self.principal = principal
        self.invocation = invocation
        self.reason = reason
    }
}

/// Headers in the order they came, and the beginning of the body.
package struct HTTPMessage: Hashable, Sendable {
    package var headers: [Header]
    package var body: Payload

    package struct Header: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(headers: [Header] = [], body: Payload = Payload()) {
        self.headers = headers
        self.body = body
    }
}

/// An API as it is deployed.
package struct APIDescription: Hashable, Sendable {
    package var id: String
    package var name: String
    /// `HTTP` or `REST`.
    package var kind: String
    package var routes: [Route]
    package var stages: [String]
    /// How it is called from this machine: `http://a1b2c3.execute-api.localhost:4566`.
    package var endpoint: String

    package struct Route: Hashable, Sendable {
        /// `POST /order`
        package var key: String
        /// What answers: a function's name, a state machine's ARN, a URL, `MOCK`.
        package var target: String
        package var authorizer: String?

        package init(key: String, target: String, authorizer: String? = nil) {
            self.key = key
            self.target = target
            self.authorizer = authorizer
        }
    }

    package init(
        id: String, name: String, kind: String, routes: [Route] = [], stages: [String] = [], endpoint: String = ""
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.routes = routes
        self.stages = stages
        self.endpoint = endpoint
    }
}
