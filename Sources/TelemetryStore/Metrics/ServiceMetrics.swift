import Telemetry

/// What the services of AWS measure themselves, made from what happened, under AWS's names.
///
/// Metrics of one kind of event are recorded together, so where they are is looked up once for all of them.
struct ServiceMetrics {
    private var places: [Context: [Int]] = [:]
    private var generation = 0
    private var tasks = TaskMetrics()

    /// More contexts than this are forgotten together: they are found anew.
    private static let mostContexts = 10_000

    /// What an event was about.
    private enum Context: Hashable {
        case api(kind: String, name: String, id: String, stage: String, route: String)
        case table(String, operation: String)
        case index(String, of: String)
        case account
        case group(String)
        case faults(group: String)
    }

    mutating func take(_ request: APIRequest, at time: Timestamp, into archive: inout MetricArchive) {
        let context = Context.api(
            kind: request.kind, name: request.api, id: request.apiID, stage: request.stage, route: request.route)
        let metrics = APIMetric.all(request.kind)
        let places = places(context, in: &archive) {
            APIMetric.dimensions(request).flatMap { set in
                metrics.map { (MetricKey(APIMetric.namespace, $0.name, set), $0.unit) }
            }
        }
        for (index, place) in places.enumerated() {
            archive.add(metrics[index % metrics.count].value(request), at: time, to: place)
        }
    }

    mutating func take(_ call: ServiceCall, at time: Timestamp, into archive: inout MetricArchive) {
        guard call.service == "dynamodb", TableMetric.operations.contains(call.operation) else { return }
        if TableMetric.isUserError(call) {
            let place = places(.account, in: &archive) { [(MetricKey(TableMetric.namespace, "UserErrors"), "Count")] }
            archive.add(1, at: time, to: place[0])
        }
        guard !call.resource.isEmpty else { return }
        let metrics = TableMetric.allCases
        let places = places(.table(call.resource, operation: call.operation), in: &archive) {
            metrics.map { ($0.key(call), $0.unit) }
        }
        for (metric, place) in zip(metrics, places) {
            if let value = metric.value(call) { archive.add(value, at: time, to: place) }
        }
        guard let usage = call.usage, let index = usage.index else { return }
        let units = self.places(.index(index, of: call.resource), in: &archive) {
            TableMetric.indexKeys(call.resource, index)
        }
        archive.add(usage.readUnits, at: time, to: units[0])
    }

    mutating func take(_ batch: LogBatch, at time: Timestamp, into archive: inout MetricArchive) {
        let places = places(.group(batch.group), in: &archive) {
            let dimensions = [CustomMetric.Dimension(name: "LogGroupName", value: batch.group)]
            return [
                (MetricKey("AWS/Logs", "IncomingLogEvents", dimensions), "None"),
                (MetricKey("AWS/Logs", "IncomingBytes", dimensions), "Bytes"),
            ]
        }
        archive.add(Double(batch.count), at: time, to: places[0])
        archive.add(Double(batch.bytes.count), at: time, to: places[1])
    }

    /// A document in the log that is no proper one.
    mutating func take(
        _ fault: EmbeddedMetrics.Fault, of group: String, at time: Timestamp, into archive: inout MetricArchive
    ) {
        let places = places(.faults(group: group), in: &archive) {
            let dimensions = [CustomMetric.Dimension(name: "LogGroupName", value: group)]
            return ["EMFParsingErrors", "EMFValidationErrors"].map { (MetricKey("AWS/Logs", $0, dimensions), "None") }
        }
        archive.add(1, at: time, to: places[fault == .parsing ? 0 : 1])
    }

    mutating func take(_ history: ExecutionHistory, into archive: inout MetricArchive) {
        for metric in tasks.take(history) { archive.take(metric.metric, at: metric.time) }
    }

    mutating func ended(_ execution: String) { tasks.ended(execution) }

    private mutating func places(
        _ context: Context, in archive: inout MetricArchive, _ keys: () -> [(MetricKey, String)]
    ) -> [Int] {
        if generation == archive.generation, let known = places[context] { return known }
        if generation != archive.generation || places.count >= Self.mostContexts { places = [:] }
        var found: [Int] = []
        repeat {
            generation = archive.generation
            found = keys().map { archive.place(of: $0.0, unit: $0.1) }
        } while generation != archive.generation
        places[context] = found
        return found
    }
}
