import AWSCore
import Telemetry

/// What reading streams for functions needs of the rest.
struct PollerContext: Sendable {
    let caller: any ServiceCaller
    let invoker: any FunctionInvoker
    let destinations: Destinations
    let signal: any StreamSignal
    let sink: any TelemetrySink
    let clock: any LambdaClock

    /// The stream of a mapping.
    func source(of mapping: EventSourceMapping) -> any StreamSource {
        DynamoDBStream(
            arn: mapping.source, caller: caller,
            filters: mapping.filters.compactMap { try? EventPattern(parsing: $0) })
    }

    var metrics: FunctionMetrics { FunctionMetrics(sink: sink, clock: clock) }

    func emit(_ kind: TelemetryEvent.Kind) { sink.emit(TelemetryEvent(kind, at: clock.now())) }
}

/// What pollers tell of a mapping's progress.
protocol MappingProgress: Sendable {
    /// All records of the shard up to that one are settled.
    func settled(_ mapping: String, shard: String, upTo sequence: String)
    /// `LastProcessingResult`
    func result(_ mapping: String, _ text: String)
}
