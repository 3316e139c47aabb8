import AWSCore
import Collector
import HTTPTransport
import JSON
import Telemetry
import TelemetryStore

/// What fntop answers itself, below `/_fntop`.
struct OwnRoutes {
    let source: LocalSource
    let store: TelemetryStore
    let services: [any Service]
    let version: String
    private let started = Timestamp.now()

    init(source: LocalSource, store: TelemetryStore, services: [any Service], version: String) {
        self.source = source
        self.store = store
        self.services = services
        self.version = version
    }

    /// - Returns: `nil` for a path that is a service's.
    func respond(to request: HTTPRequest) async -> HTTPResponse? {
        guard request.path.hasPrefix("/_fntop/") else { return nil }
        guard request.method == "GET" else { return HTTPResponse(status: 405) }
        switch request.path {
        case "/_fntop/health": return await health()
        case "/_fntop/operations": return operations()
        case "/_fntop/events": return events(request)
        default: return HTTPResponse(status: 404)
        }
    }

    private func health() async -> HTTPResponse {
        await source.flush()
        let health = await store.storeHealth()
        var evicted = JSONObject()
        for (kind, count) in health.evicted.sorted(by: { $0.key < $1.key }) { evicted[kind] = .int(count) }
        var lost = JSONObject()
        for gap in health.gaps {
            for (kind, count) in gap.lost { lost[kind] = .int((lost[kind]?.int ?? 0) + count) }
        }
        let body: JSON = [
            "version": .string(version), "services": .array(services.map { .string($0.signingName) }),
            "uptimeSeconds": .int(Int((Timestamp.now() - started).count / 1_000_000)),
            "logLines": .int(health.logLines), "logBytes": .int(health.logBytes),
            "logCapBytes": .int(health.logCapBytes),
            "evicted": .object(evicted), "lost": .object(lost),
        ]
        return HTTPResponse(headers: ["Content-Type": "application/json"], bytes: body.bytes)
    }

    /// Which operations of which services are served: `{"dynamodb": ["CreateTable", …], …}`.
    private func operations() -> HTTPResponse {
        var body = JSONObject()
        for service in services {
            body[service.signingName] = .array(service.operationNames.map(JSON.string))
        }
        return HTTPResponse(headers: ["Content-Type": "application/json"], bytes: JSON.object(body).bytes)
    }

    /// JSON lines without an end: `?after=N&epoch=E`.
    private func events(_ request: HTTPRequest) -> HTTPResponse {
        let query = PercentEncoding.parameters(request.target.drop { $0 != "?" }.dropFirst())
        let after = query.first { $0.name == "after" }.flatMap { UInt64($0.value) } ?? 0
        let epoch = query.first { $0.name == "epoch" }?.value
        return HTTPResponse(
            headers: ["Content-Type": "application/x-ndjson", "Cache-Control": "no-store"],
            body: .stream(source.lines(after: after, epoch: epoch)))
    }
}
