import JSON
import Synchronization
import Telemetry

/// Tells the telemetry what APIs there are. Changes that follow each other soon are told once.
final class Announcer: Sendable {
    private struct State {
        var waiting: Set<String> = []
        var gateway: Gateway?
    }

    private let sink: any TelemetrySink
    private let address: @Sendable () -> String
    private let state = Mutex(State())
    private static let pause = Duration.milliseconds(30)

    init(sink: any TelemetrySink, address: @escaping @Sendable () -> String) {
        self.sink = sink
        self.address = address
    }

    func connect(_ gateway: Gateway) { state.withLock { $0.gateway = gateway } }

    func changed(_ api: Document?, _ id: String) {
        guard let api else {
            let gateway = state.withLock { state in
                state.waiting.remove(id)
                return state.gateway
            }
            gateway?.plans.forget(id)
            gateway?.verdicts.forget(api: id)
            sink.emit(TelemetryEvent(.apiDeleted(id: id)))
            return
        }
        guard state.withLock({ $0.waiting.insert(api.id).inserted }) else { return }
        Task {
            // A cancelled pause tells at once.
            try? await Task.sleep(for: Self.pause)
            tell(id)
        }
    }

    private func tell(_ id: String) {
        let gateway = state.withLock { state in
            state.waiting.remove(id) == nil ? nil : state.gateway
        }
        guard let api = gateway?.apis[id] else { return }
        sink.emit(TelemetryEvent(.apiChanged(api.description(endpoint: address()))))
    }
}

extension Document {
    /// The routes as they are now.
    func description(endpoint: String) -> APIDescription {
        let port = endpoint.split(separator: ":").last.flatMap { Int($0) }.map { ":\($0)" } ?? ""
        return APIDescription(
            id: id, name: name, kind: kind.rawValue, routes: kind == .rest ? restRoutes : httpRoutes,
            stages: part("stages").keys, endpoint: "http://\(id).execute-api.localhost\(port)")
    }

    private var httpRoutes: [APIDescription.Route] {
        part("routes").values.map { route in
            let integration = route["target"]?.string?.split(separator: "/").last.flatMap {
                part("integrations", String($0))
            }
            let authorizer = part("authorizers", route["authorizerId"]?.string ?? "")
            return APIDescription.Route(
                key: route["routeKey"]?.string ?? "", target: integration.map { HTTPIntegration($0).description } ?? "",
                authorizer: authorizer?["name"]?.string)
        }
    }

    private var restRoutes: [APIDescription.Route] {
        part("resources").values.flatMap { resource in
            (resource["resourceMethods"]?.object ?? JSONObject()).map { name, method in
                let authorizer = part("authorizers", method["authorizerId"]?.string ?? "")
                let isKeyRequired = method["apiKeyRequired"]?.bool == true
                return APIDescription.Route(
                    key: "\(name) \(resource["path"]?.string ?? "/")",
                    target: method["methodIntegration"].map { RESTIntegration($0).description } ?? "",
                    authorizer: authorizer?["name"]?.string ?? (isKeyRequired ? "API key" : nil))
            }
        }
    }
}
