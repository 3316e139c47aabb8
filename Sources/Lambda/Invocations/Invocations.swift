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
    }

    static let synchronousLimit = 6_291_456
    static let asynchronousLimit = 1_048_576

    private let functions: Functions
    private let environments: Environments
    private let settings: LambdaSettings
    private let sink: any TelemetrySink
    private let queue = Mutex<Queue>(Queue())

    private struct Queue {
        var tasks: [RequestID: Task<Void, Never>] = [:]
        var isClosed = false
    }

    init(functions: Functions, environments: Environments, settings: LambdaSettings, sink: any TelemetrySink) {
        self.functions = functions
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
                        traceHeader: trace.text, parentID: caller.root.isEmpty ? "" : caller.parent))))
        let job = InvocationJob(
            id: request.id, payload: payload, trace: trace, clientContext: request.clientContext,
            wantsTail: request.wantsTail)
        let outcome = await withCheckedContinuation { continuation in
            job.wait(continuation)
            environments.submit(job, to: function.name)
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

    /// Accepts it and runs it later, up to three times.
    func enqueue(_ function: LambdaFunction, _ request: Request) throws(ServiceError) {
        try Self.check(function)
        let name = function.name
        let isTaken = queue.withLock { queue in
            guard !queue.isClosed, queue.tasks.count < settings.queueLimit else { return false }
            queue.tasks[request.id] = Task {
                await self.runQueued(name, request)
                self.queue.withLock { _ = $0.tasks.removeValue(forKey: request.id) }
            }
            return true
        }
        guard isTaken else { throw .throttled("ConcurrentInvocationLimitExceeded") }
    }

    private func runQueued(_ name: String, _ request: Request) async {
        let accepted = Timestamp.now()
        var attempt = 1
        var backoff = Duration.seconds(1)
        while Microseconds(settings.maximumEventAge) > .now() - accepted, let function = functions.named(name) {
            do throws(ServiceError) {
                let outcome = try await run(function, request, isAsynchronous: true, attempt: attempt)
                guard outcome.isError, attempt <= settings.retryDelays.count else { return }
                guard await sleeps(settings.retryDelays[attempt - 1]) else { return }
                attempt += 1
            } catch {
                // Throttles and errors of the service are retried, more and more rarely, without counting as tries.
                guard error.code == "TooManyRequestsException", await sleeps(backoff) else { return }
                backoff = min(backoff * 2, .seconds(300))
            }
        }
    }

    /// - Returns: whether it was not cancelled meanwhile.
    private func sleeps(_ duration: Duration) async -> Bool {
        (try? await settings.clock.sleep(for: duration)) != nil
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
