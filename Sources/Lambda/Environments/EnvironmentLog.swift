import JSON
import Telemetry

/// Writes an environment's log: lines of its processes and of the platform.
struct EnvironmentLog {
    private let group: String
    private let stream: String
    private let function: String
    private let isJSON: Bool
    private let sink: any TelemetrySink
    private var last = Timestamp(microseconds: 0)
    /// The end of the log of the invocation that runs, if its caller wants it.
    private(set) var tail: [UInt8]?
    private static let tailCount = 4096

    init(group: String, stream: String, function: String, isJSON: Bool, sink: any TelemetrySink) {
        self.group = group
        self.stream = stream
        self.function = function
        self.isJSON = isJSON
        self.sink = sink
    }

    mutating func beginTail() { tail = [] }
    mutating func takeTail() -> [UInt8] {
        defer { tail = nil }
        return tail.map { Array($0.suffix(Self.tailCount)) } ?? []
    }

    var batch: LogBatch { LogBatch(group: group, stream: stream, function: function) }

    /// Adds one event; times never go back within a stream.
    mutating func add(
        _ message: UnsafeRawBufferPointer,
        to batch: inout LogBatch,
        at time: Timestamp,
        id: RequestID?
    ) {
        last = max(last, time)
        batch.append(message, at: last, requestID: id)
        guard tail != nil else { return }
        tail?.append(contentsOf: message)
        tail?.append(0x0A)
        if let count = tail?.count, count > 16 * Self.tailCount { tail?.removeFirst(count - Self.tailCount) }
    }

    func emit(_ batch: LogBatch) {
        guard batch.count > 0 else { return }
        sink.emit(TelemetryEvent(.log(batch), at: last))
    }

    mutating func platform(_ event: PlatformEvent, at time: Timestamp, id: RequestID?) {
        if isJSON {
            if event.isInJSONLog { write(event.json(at: time).text, at: time, id: id) }
        } else if let line = event.line {
            write(line, at: time, id: id)
        }
        // END has no event of its own in JSON format.
        guard !isJSON, case .runtimeDone(let request, _, _, _, _, _) = event else { return }
        write("END RequestId: \(request)", at: time, id: id)
    }

    mutating func write(_ text: String, at time: Timestamp, id: RequestID?) {
        var batch = batch
        Array(text.utf8).withUnsafeBytes { add($0, to: &batch, at: time, id: id) }
        emit(batch)
    }
}
