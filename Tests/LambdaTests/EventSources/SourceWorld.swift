import AWSCore
import JSON
import Telemetry

@testable import Lambda

/// A stream, a function and a mapping between them, on a clock that tests move.
final class SourceWorld: Sendable {
    let stream: FakeStream
    let function: FakeFunction
    let clock: ManualClock
    let sink = RecordingSink()
    let signals = StreamSignals()
    let sources: EventSources
    let id = RequestID().description

    init(
        stream: FakeStream = FakeStream(), function: FakeFunction = FakeFunction(), clock: ManualClock = ManualClock(),
        shelf: EventSourceShelf? = nil
    ) {
        self.stream = stream
        self.function = function
        self.clock = clock
        let functions = Functions(sink: sink)
        sources = EventSources(
            PollerContext(
                caller: stream, invoker: function,
                destinations: Destinations(caller: stream, functions: functions, sink: sink, clock: clock),
                signal: signals, sink: sink, clock: clock),
            shelf: shelf)
    }

    /// Creates the mapping with members of `CreateEventSourceMapping`.
    func map(_ more: JSON = [:], from position: EventSourceMapping.StartingPosition = .trimHorizon) async throws {
        guard let source = ARN(FakeStream.arn) else { return }
        var mapping = EventSourceMapping(
            id: id, source: source, function: try FunctionReference("f"),
            functionARN: "arn:aws:lambda:us-east-1:000000000000:function:f", startingPosition: position)
        try mapping.apply(more)
        try await sources.create(mapping)
    }

    /// Lets time pass until the test is met.
    func run(until test: () -> Bool) async {
        while !test() { await clock.wakeNext() }
    }

    func end() async {
        sources.stop()
        await sources.ended()
    }

    var steps: [EventSourceChange] {
        sink.events.compactMap { event in
            guard case .eventSource(let change) = event.kind else { return nil }
            return change
        }
    }

    func metrics(_ name: String) -> [CustomMetric] { sink.metrics(name) }

    var position: String? { (try? sources.find(id))?.positions["shard-1"] }
    var result: String? { (try? sources.find(id))?.lastResult }
}
