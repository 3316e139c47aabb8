import NIOCore
import Synchronization
import Telemetry

/// One try of an invocation on its way through an environment.
final class InvocationJob: Sendable {
    let id: RequestID
    let idText: String
    let payload: [UInt8]
    let trace: TraceHeader
    /// The function's, with the qualifier that the caller gave.
    let invokedARN: String
    /// As the caller gave it.
    let qualifier: String?
    /// JSON, or empty.
    let clientContext: String
    let wantsTail: Bool
    let accepted = NIODeadline.now()
    private let continuation = Mutex<CheckedContinuation<InvocationOutcome, Never>?>(nil)

    init(
        id: RequestID, payload: [UInt8], trace: TraceHeader, invokedARN: String, qualifier: String? = nil,
        clientContext: String = "", wantsTail: Bool = false
    ) {
        self.id = id
        idText = id.description
        self.payload = payload
        self.trace = trace
        self.invokedARN = invokedARN
        self.qualifier = qualifier
        self.clientContext = clientContext
        self.wantsTail = wantsTail
    }

    func wait(_ continuation: CheckedContinuation<InvocationOutcome, Never>) {
        self.continuation.withLock { $0 = continuation }
    }

    /// Gives the caller its answer; only the first one counts.
    func complete(_ outcome: InvocationOutcome) {
        let waiting = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        waiting?.resume(returning: outcome)
    }
}

/// How a try ended, for its caller.
struct InvocationOutcome: Sendable {
    var payload: [UInt8]
    var isError: Bool
    /// The last 4 KiB of its log, if that was asked for.
    var tail: [UInt8] = []
    /// From acceptance to the moment the environment had the event.
    var queued = Microseconds.zero
    /// Nothing ran: why it was refused, as `Reason` of a throttle.
    var throttled: String?

    /// In place of a reason: the service stops.
    static let stopped = "Stopped"
    /// In place of a reason: the function was deleted while the job waited.
    static let deleted = "FunctionDeleted"
}
