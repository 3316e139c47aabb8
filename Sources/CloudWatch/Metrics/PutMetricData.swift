import AWSCore
import JSON
import Telemetry

enum PutMetricData: ServiceOperation {
    static let name = "PutMetricData"

    private static let mostData = 1000

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        let namespace = try MetricInput.text(input["Namespace"], "Namespace")
        guard !namespace.hasPrefix(":"), !namespace.hasPrefix("AWS/") else {
            throw MetricInput.invalid(namespace, "Namespace")
        }
        var given = elements(input, "MetricData")
        for (index, entity) in (input["EntityMetricData"]?.array ?? []).enumerated() {
            let place = "EntityMetricData.member.\(index + 1)."
            given += elements(entity, "MetricData").map { (place + $0.place, $0.json) }
        }
        guard !given.isEmpty else { throw MetricInput.missing("MetricData") }
        guard given.count <= mostData else { throw MetricInput.tooMany("MetricData", most: mostData) }
        let now = Timestamp.now()
        // All are looked at before the first is taken: a request is done as a whole or not at all.
        var data: [MetricDatum] = []
        for (place, json) in given {
            data.append(try MetricDatum(json, namespace: namespace, place: place, now: now))
        }
        for datum in data { context.sink.emit(TelemetryEvent(.metric(datum.metric), at: datum.time)) }
        return .object(JSONObject())
    }

    private static func elements(_ json: JSON, _ name: String) -> [(place: String, json: JSON)] {
        (json[name]?.array ?? []).enumerated().map { ("\(name).member.\($0 + 1)", $1) }
    }
}
