import AWSCore
import JSON
import Synchronization
import Telemetry

/// Invokes functions, for callers that wait and for callers that do not.
final class Invocations: Sendable {
    struct Request: Sendable {
        var payload: [UInt8]
        var trigger: String
        var traceHeader: String
        var clientContext = ""
        var wantsTail = false
        var id = RequestID()
        /// As the caller gave it: `$LATEST`, a version or an alias.
        var qualifier: String?
    }

    static let synchronousLimit = 6_291_456
    static let asynchronousLimit = 1_048_576

    let functions: Functions
    let settings: LambdaSettings
    let destinations: Destinations
    let queue = Mutex<Queue>(Queue())
    private let environments: Environments
    private let sink: any TelemetrySink

    struct Queue {
        var tasks: [RequestID: Task<Void, Never>] = [:]
        var isClosed = false
    }

    init(
        functions: Functions, environments: Environments, settings: LambdaSettings, destinations: Destinations,
        sink: any TelemetrySink
    ) {
        self.functions = functions
        self.destinations = destinations
        self.environments = environments
        self.settings = settings
        self.sink = sink
    }

    /// Runs it and waits for the answer.
    ///
    /// - Throws: ``ServiceError`` when nothing ran.
    func run(
        _ function: LambdaFunction,
        _ request: Request,
        isAsynchronous: Bool = false,
        attempt: Int = 1
    ) async throws(ServiceError) -> InvocationOutcome {
        try Self.check(function)
        let caller = TraceHeader(request.traceHeader)
        let trace = Self.trace(caller, isActive: function.configuration.isTraced)
        let payload = request.payload.isEmpty ? Array("{}".utf8) : request.payload
        sink.emit(
            TelemetryEvent(
                .invocationStarted(
                    InvocationStart(
                        requestID: request.id, function: function.name, trigger: request.trigger,
                        isAsynchronous: isAsynchronous, attempt: attempt, event: Payload(payload),
                        traceHeader: trace.text, parentID: caller.root.isEmpty ? "" : caller.parent,
                        qualifier: request.qualifier ?? "",
                        version: request.qualifier == nil ? "" : function.configuration.version))))
        let job = InvocationJob(
            id: request.id, payload: payload, trace: trace,
            invokedARN: request.qualifier.map { "\(function.arn):\($0)" } ?? function.arn,
            qualifier: request.qualifier, clientContext: request.clientContext, wantsTail: request.wantsTail)
        let outcome = await withCheckedContinuation { continuation in
            job.wait(continuation)
            environments.submit(job, to: VersionName(function.name, version: function.configuration.version))
        }
        guard let reason = outcome.throttled else { return outcome }
        switch reason {
        case InvocationOutcome.stopped:
            throw ServiceError("ServiceException", "The service is shutting down.", status: 500)
        case InvocationOutcome.deleted: throw .notFound(function.arn)
        default:
            sink.emit(
                TelemetryEvent(
                    .invocationFinished(
                        InvocationEnd(
                            requestID: request.id, function: function.name, status: .throttled, duration: .zero,
                            memorySizeMiB: function.configuration.memoryMiB, errorType: "TooManyRequestsException",
                            errorMessage: "Rate Exceeded. (\(reason))"))))
            throw .throttled(reason)
        }
    }

    /// Goes on with the caller's trace, or begins one; the parent is always this invocation's own segment.
    private static func trace(_ caller: TraceHeader, isActive: Bool) -> TraceHeader {
        var trace = caller.passed(on: TraceHeader.newSegment())
        if trace.root.isEmpty { trace.root = TraceHeader.newRoot() }
        if trace.sampled.isEmpty { trace.sampled = isActive ? "1" : "0" }
        return trace
    }

    static func check(_ function: LambdaFunction) throws(ServiceError) {
        guard let failure = function.configuration.failure else { return }
        throw .conflict(
            "The operation cannot be performed at this time. The function is currently in the following state: Failed. "
                + failure)
    }

    /// Drops what waits for its turn.
    func close() {
        let tasks = queue.withLock { queue in
            queue.isClosed = true
            return Array(queue.tasks.values)
        }
        for task in tasks { task.cancel() }
    }
}
