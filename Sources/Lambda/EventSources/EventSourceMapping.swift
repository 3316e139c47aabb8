import AWSCore
import JSON
import Telemetry

/// What reads a stream for a function.
struct EventSourceMapping: Hashable, Sendable {
    enum StartingPosition: String, Hashable, Sendable {
        case trimHorizon = "TRIM_HORIZON"
        case latest = "LATEST"
    }

    let id: String
    let source: ARN
    var function: FunctionReference
    /// With the qualifier that the mapping was given.
    var functionARN: String
    let startingPosition: StartingPosition
    var isEnabled = true
    var batchSize = 100
    /// How long records are gathered for a batch.
    var windowSeconds = 0
    /// Batches of one shard at the same time.
    var parallelization = 1
    /// Patterns as they were given; a record passes that matches one.
    var filters: [String] = []
    var bisects = false
    /// -1: until the records expire.
    var maximumRetries = -1
    var maximumAgeSeconds = -1
    var reportsItemFailures = false
    /// Whether it has the metrics that are called `EventCount`.
    var countsEvents = false
    /// The ARN of a queue or topic.
    var onFailure: String?
    var tags = JSONObject()
    var modified = Timestamp.now()

    // What it has come to.
    var lastResult = "No records processed"
    /// When it was first enabled: for `LATEST`, older records are none of its business.
    var began: Timestamp?
    /// The last record of each shard that needs no further attention, by its sequence number.
    var positions: [String: String] = [:]

    var state: String { isEnabled ? "Enabled" : "Disabled" }

    var arn: String {
        "arn:\(source.partition):lambda:\(source.region):\(source.account):event-source-mapping:\(id)"
    }

    /// The table of a DynamoDB stream: `table/orders/stream/…`.
    var table: String {
        let parts = source.resource.split(separator: "/")
        return parts.count > 1 ? String(parts[1]) : source.resource
    }
}

extension EventSourceMapping {
    var json: JSON { json(state: state) }

    /// - Parameter state: while it changes: `Creating`, `Updating`, `Enabling`, `Disabling`, `Deleting`.
    func json(state: String) -> JSON {
        var json: JSON = [
            "UUID": .string(id), "EventSourceMappingArn": .string(arn), "EventSourceArn": .string(source.description),
            "FunctionArn": .string(functionARN), "StartingPosition": .string(startingPosition.rawValue),
            "BatchSize": .int(batchSize), "MaximumBatchingWindowInSeconds": .int(windowSeconds),
            "ParallelizationFactor": .int(parallelization), "MaximumRecordAgeInSeconds": .int(maximumAgeSeconds),
            "BisectBatchOnFunctionError": .bool(bisects), "MaximumRetryAttempts": .int(maximumRetries),
            "TumblingWindowInSeconds": 0,
            "FunctionResponseTypes": .array(reportsItemFailures ? ["ReportBatchItemFailures"] : []),
            "DestinationConfig": ["OnFailure": onFailure.map { ["Destination": .string($0)] } ?? [:]],
            "LastModified": .double(Double(modified.milliseconds) / 1000), "LastProcessingResult": .string(lastResult),
            "State": .string(state), "StateTransitionReason": "User action",
        ]
        if countsEvents { json["MetricsConfig"] = ["Metrics": ["EventCount"]] }
        if !filters.isEmpty {
            json["FilterCriteria"] = ["Filters": .array(filters.map { ["Pattern": .string($0)] })]
        }
        return json
    }

    /// - Parameter step: what happened.
    func event(
        _ step: EventSourceChange.Step, state: String? = nil, records: ArraySlice<StreamRecord> = [], attempt: Int = 1,
        invocation: RequestID? = nil, detail: String = ""
    ) -> TelemetryEvent.Kind {
        .eventSource(
            EventSourceChange(
                id: id, function: function.name, source: source.description, step: step, state: state ?? self.state,
                records: records.count, first: records.first?.sequence ?? "", last: records.last?.sequence ?? "",
                attempt: attempt, invocation: invocation, detail: detail))
    }
}
