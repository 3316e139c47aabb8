/// Finds the operation of a request with a REST path.
package struct RESTRouter<Context: Sendable>: Sendable {
    package typealias Run =
        @Sendable (ServiceRequest, [String: String], Context) async throws(ServiceError) -> ServiceResponse

    package struct Match: Sendable {
        package var operation: String
        package var parameters: [String: String]
        package var run: Run
    }

    /// An operation by its name, method and path, for services that have many of one kind.
    package struct Route: Sendable {
        var operation: String
        var rest: RESTPath
        var path: PathTemplate
        var run: Run

        package init(_ operation: String, _ method: String, _ path: String, run: @escaping Run) {
            self.operation = operation
            self.path = PathTemplate(path)
            self.run = run
            rest = RESTPath(method, path)
        }
    }

    private let routes: [Route]

    package init(_ operations: [any RESTOperation<Context>.Type]) {
        self.init(operations.map { Route($0.name, $0.method, $0.path, run: Self.run($0)) })
    }

    package init(_ routes: [Route]) {
        self.routes = routes
        paths = routes.reduce(into: [:]) { $0[$1.operation] = $1.rest }
    }

    package var operationNames: [String] { routes.map(\.operation).sorted() }
    package let paths: [String: RESTPath]

    private static func run(_ operation: any RESTOperation<Context>.Type) -> Run {
        func open<Operation: RESTOperation>(_: Operation.Type) -> Run where Operation.Context == Context {
            { request, parameters, context async throws(ServiceError) in
                try await Operation.run(request, parameters: parameters, in: context)
            }
        }
        return open(operation)
    }

    package func match(method: String, path: String) -> Match? {
        let parts = PathTemplate.parts(path)
        for route in routes where route.rest.method == method {
            guard let parameters = route.path.match(parts) else { continue }
            return Match(operation: route.operation, parameters: parameters, run: route.run)
        }
        return nil
    }
}

/// A path with parameters: `/v2/apis/{apiId}/routes`.
struct PathTemplate: Sendable {
    private enum Part: Sendable {
        case literal(String)
        case parameter(String)
        /// The rest of the path, slashes included.
        case rest(String)
    }

    private let template: [Part]

    init(_ path: String) {
        template = Self.parts(path).map { part in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return .literal(part) }
            let name = part.dropFirst().dropLast()
            return name.hasSuffix("+") ? .rest(String(name.dropLast())) : .parameter(String(name))
        }
    }

    static func parts(_ path: String) -> [String] {
        path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    }

    func match(_ parts: [String]) -> [String: String]? {
        var parameters: [String: String] = [:]
        for (index, part) in template.enumerated() {
            if case .rest(let name) = part {
                guard index < parts.count else { return nil }
                parameters[name] = PercentEncoding.decoded(parts[index...].joined(separator: "/"))
                return parameters
            }
            guard index < parts.count else { return nil }
            switch part {
            case .literal(let text):
                guard text == parts[index] else { return nil }
            case .parameter(let name), .rest(let name):
                parameters[name] = PercentEncoding.decoded(parts[index])
            }
        }
        return parts.count == template.count ? parameters : nil
    }
}
