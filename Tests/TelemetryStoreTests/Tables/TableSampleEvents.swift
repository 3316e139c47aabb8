import Telemetry

/// Calls of a table as its service tells them.
enum TableSampleEvents {
    static let start = Timestamp(microseconds: 1_767_225_600_000_000)

    static func call(
        _ operation: String, _ table: String = "orders", second: Int64 = 0, status: Int = 200, error: String? = nil,
        latency: Int64 = 1, key: String = "", index: String? = nil, read: Double = 0, write: Double = 0, items: Int = 1,
        trace: String = ""
    ) -> TelemetryEvent {
        let usage = TableUsage(readUnits: read, writeUnits: write, items: items, index: index, partitionKey: key)
        let call = ServiceCall(
            service: "dynamodb", operation: operation, resource: table, status: status, errorCode: error,
            latency: .milliseconds(latency), traceHeader: trace, usage: usage)
        return TelemetryEvent(.call(call), at: start + .seconds(second))
    }

    static func step(
        _ step: EventSourceChange.Step, _ first: Int, _ last: Int, second: Int64, attempt: Int = 1, detail: String = ""
    ) -> TelemetryEvent {
        let change = EventSourceChange(
            id: "m-1", function: "fan-out", source: stream, step: step, records: last - first + 1,
            first: "49\(first)", last: "49\(last)", attempt: attempt, detail: detail)
        return TelemetryEvent(.eventSource(change), at: start + .seconds(second))
    }

    static let stream = "arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000"
}
