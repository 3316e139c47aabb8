import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum ListMetrics: ServiceOperation {
    static let name = "ListMetrics"

    private static let pageSize = 500
    private static let mostFilters = 10
    /// Metrics that were not measured for so long are no longer listed.
    private static let listed = Microseconds.seconds(14 * 86_400)
    private static let recent = Microseconds.seconds(3 * 3600)

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        var age = listed
        if let text = input["RecentlyActive"]?.string {
            guard text == "PT3H" else { throw MetricInput.invalid(text, "RecentlyActive") }
            age = recent
        }
        let filters = input["Dimensions"]?.array ?? []
        guard filters.count <= mostFilters else { throw MetricInput.tooMany("Dimensions", most: mostFilters) }
        for (index, filter) in filters.enumerated() {
            _ = try MetricInput.text(filter["Name"], "Dimensions.member.\(index + 1).Name")
        }
        let start = try start(input["NextToken"])
        await context.flush()
        let since = Timestamp.now() - age
        let matching = await context.store.listedMetrics().filter {
            $0.updated >= since && matches($0.key, input, filters)
        }
        let page = matching.dropFirst(start).prefix(pageSize)
        var output: JSON = ["Metrics": .array(page.map { $0.key.json })]
        if start + page.count < matching.count { output["NextToken"] = .string(String(start + page.count)) }
        return output
    }

    private static func start(_ token: JSON?) throws(ServiceError) -> Int {
        guard let text = token?.string else { return 0 }
        guard let start = Int(text), start >= 0 else {
            throw ServiceError("InvalidParameterValue", "The value \(text) for parameter NextToken is invalid.")
        }
        return start
    }

    private static func matches(_ key: MetricKey, _ input: JSON, _ filters: [JSON]) -> Bool {
        if let namespace = input["Namespace"]?.string, key.namespace != namespace { return false }
        if let name = input["MetricName"]?.string, key.name != name { return false }
        return filters.allSatisfy { filter in
            guard let value = key.dimension(filter["Name"]?.string ?? "") else { return false }
            return filter["Value"]?.string.map { $0 == value } ?? true
        }
    }
}

extension MetricKey {
    var json: JSON {
        [
            "Namespace": .string(namespace), "MetricName": .string(name),
            "Dimensions": .array(dimensions.map { ["Name": .string($0.name), "Value": .string($0.value)] }),
        ]
    }
}
