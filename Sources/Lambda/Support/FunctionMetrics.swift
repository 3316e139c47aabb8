import Telemetry

/// The metrics of `AWS/Lambda` that only the service knows: what became of events before and after functions ran.
///
/// - SeeAlso: AWS Lambda Developer Guide, "Types of metrics for Lambda functions".
struct FunctionMetrics: Sendable {
    enum Name: String, Hashable, Sendable, CaseIterable {
        case asyncEventsReceived = "AsyncEventsReceived"
        /// How long an event had waited when its function was invoked, also when it was tried again.
        case asyncEventAge = "AsyncEventAge"
        /// Given up without a success.
        case asyncEventsDropped = "AsyncEventsDropped"
        case deadLetterErrors = "DeadLetterErrors"
        case destinationDeliveryFailures = "DestinationDeliveryFailures"
        /// How old the last record of a batch was when it was sent.
        case iteratorAge = "IteratorAge"
        case postRuntimeExtensionsDuration = "PostRuntimeExtensionsDuration"

        var unit: String {
            switch self {
            case .asyncEventAge, .iteratorAge, .postRuntimeExtensionsDuration: "Milliseconds"
            case .asyncEventsReceived, .asyncEventsDropped, .deadLetterErrors, .destinationDeliveryFailures: "Count"
            }
        }
    }

    /// Of event source mappings that ask for `EventCount`.
    enum MappingName: String, Hashable, Sendable, CaseIterable {
        case polled = "PolledEventCount"
        case filteredOut = "FilteredOutEventCount"
        /// Each try counts.
        case invoked = "InvokedEventCount"
        case failedInvoke = "FailedInvokeEventCount"
        /// Given up, and told to no destination.
        case dropped = "DroppedEventCount"
        case delivered = "OnFailureDestinationDeliveredEventCount"
    }

    let sink: any TelemetrySink
    let clock: any LambdaClock

    private static let namespace = "AWS/Lambda"

    /// Of all functions, of the function, and of what was asked for.
    func add(_ name: Name, _ value: Double = 1, of function: String, qualifier: String?) {
        let functionName = CustomMetric.Dimension(name: "FunctionName", value: function)
        let resource = qualifier.map { "\(function):\($0)" } ?? function
        let sets = [[], [functionName], [functionName, CustomMetric.Dimension(name: "Resource", value: resource)]]
        for dimensions in sets { emit(name.rawValue, dimensions, value, unit: name.unit) }
    }

    func add(_ name: MappingName, _ count: Int, of mapping: EventSourceMapping) {
        guard mapping.countsEvents, count > 0 else { return }
        emit(name.rawValue, [.init(name: "EventSourceMappingUUID", value: mapping.id)], Double(count), unit: "Count")
    }

    private func emit(_ name: String, _ dimensions: [CustomMetric.Dimension], _ value: Double, unit: String) {
        let metric = CustomMetric(
            namespace: Self.namespace, name: name, dimensions: dimensions, value: value, unit: unit)
        sink.emit(TelemetryEvent(.metric(metric), at: clock.now()))
    }
}
