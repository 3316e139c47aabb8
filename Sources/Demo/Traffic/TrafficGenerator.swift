import JSON

/// Customers: calls the API as a client would, until its task is cancelled.
package actor TrafficGenerator {
    /// What the customers did so far.
    package struct Count: Hashable, Sendable {
        package var requests = 0
        package var refused = 0
        /// Not sent because too many were under way.
        package var skipped = 0
    }

    package private(set) var count = Count()
    private let application: DemoApplication
    private let endpoint: any EndpointCaller
    private var plan: TrafficPlan
    private var orders: [String] = []
    private var underWay = 0

    /// More than this at once is more than a few customers would do.
    private static let mostAtOnce = 64
    private static let ordersKept = 64

    package init(application: DemoApplication, endpoint: any EndpointCaller, plan: TrafficPlan) {
        self.application = application
        self.endpoint = endpoint
        self.plan = plan
    }

    /// - Parameter clock: what the pauses are measured with.
    package func run(clock: any Clock<Duration> = ContinuousClock()) async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let step = plan.next()
                do {
                    try await clock.sleep(for: .seconds(step.pause))
                } catch {
                    return
                }
                guard underWay < Self.mostAtOnce else {
                    count.skipped += 1
                    continue
                }
                underWay += 1
                group.addTask { await self.perform(step.action) }
            }
        }
    }

    private func perform(_ action: TrafficPlan.Action) async {
        defer { underWay -= 1 }
        guard let request = request(for: action) else { return }
        count.requests += 1
        guard let answer = try? await endpoint.call(request) else {
            count.refused += 1
            return
        }
        if answer.status >= 500 { count.refused += 1 }
        guard case .order = action, answer.status == 202, let json = try? JSON(parsing: answer.body) else { return }
        guard let order = json["order"]?.string else { return }
        orders.append(order)
        if orders.count > Self.ordersKept { orders.removeFirst() }
    }

    private func request(for action: TrafficPlan.Action) -> EndpointRequest? {
        let host = ("Host", application.apiHost)
        switch action {
        case .order(let user, let items):
            let body: JSON = [
                "user": .string(application.users[user % application.users.count]),
                "items": .array(items.map(Self.json)),
            ]
            return EndpointRequest(
                "POST", "/order", headers: [host, ("Content-Type", "application/json")], body: body.bytes)
        case .look(let back):
            guard !orders.isEmpty else { return nil }
            let order = orders[max(orders.count - 1 - back, 0)]
            return EndpointRequest("GET", "/order/\(order)", headers: [host])
        case .browse(let state, let isStaff):
            let headers = [
                ("Host", application.officeHost), ("Authorization", isStaff ? DemoSource.staffToken : "Bearer nobody"),
            ]
            return EndpointRequest("GET", "/\(OfficeAPI.stage)/orders?state=\(state)", headers: headers)
        case .nonsense:
            return EndpointRequest("POST", "/order", headers: [host], body: Array("{\"user\":".utf8))
        case .report:
            return EndpointRequest("POST", "/2015-03-31/functions/nightly-report/invocations", body: Array("{}".utf8))
        }
    }

    private static func json(_ item: TrafficPlan.Item) -> JSON {
        ["sku": .string(item.sku), "price": .double(Double(item.cents) / 100), "count": .int(item.count)]
    }
}
