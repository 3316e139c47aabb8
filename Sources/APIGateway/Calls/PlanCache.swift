import Synchronization

/// APIs made ready for calls; made anew when the API changed.
final class PlanCache: Sendable {
    private struct Entry<Plan: Sendable>: Sendable {
        var version: Int
        var plan: Plan
    }

    private let http = Mutex<[String: Entry<HTTPPlan>]>([:])
    private let rest = Mutex<[String: Entry<RESTPlan>]>([:])

    func http(_ api: Document) -> HTTPPlan { Self.plan(api, http) { HTTPPlan(api) } }
    func rest(_ api: Document) -> RESTPlan { Self.plan(api, rest) { RESTPlan(api) } }

    func forget(_ id: String) {
        http.withLock { $0[id] = nil }
        rest.withLock { $0[id] = nil }
    }

    private static func plan<Plan: Sendable>(
        _ api: Document, _ known: borrowing Mutex<[String: Entry<Plan>]>, _ make: () -> Plan
    ) -> Plan {
        if let entry = known.withLock({ $0[api.id] }), entry.version == api.version { return entry.plan }
        let entry = Entry(version: api.version, plan: make())
        known.withLock { $0[api.id] = entry }
        return entry.plan
    }
}
