import AWSCore
import Glibc
import HTTPTransport
import JSON
import NIOCore
import Telemetry

extension EnvironmentCore {
    /// Serves a job; the environment is idle.
    func run(_ job: InvocationJob) {
        phase = .running
        begin(job)
        deliver()
    }

    /// The clock of an invocation starts.
    func begin(_ job: InvocationJob) {
        let timeout = Duration.seconds(function.configuration.timeoutSeconds)
        var run = Run(job: job, started: .now())
        run.queued = Microseconds(run.started - job.accepted)
        let id = job.id
        run.timeout = later(in: timeout) { $0.timedOut(id) }
        current = run
        if job.wantsTail { log.beginTail() }
        environments.sampler(for: environment)
    }

    /// Gives the runtime its event, and tells the extensions.
    func deliver() {
        guard let run = current, machine.invoke(run.job.id) else { return }
        if !run.isStartLogged {
            current?.isStartLogged = true
            say(.start(id: run.job.idText, version: function.configuration.version, trace: run.job.trace))
        }
        let isFirst = !run.isDelivered
        current?.isDelivered = true
        if let question = runtimeQuestion {
            runtimeQuestion = nil
            question.answer(invocation(run))
        }
        guard isFirst else { return }
        let event = invokeEvent(run)
        for told in extensions.begin(.invoke) { answer(told.identifier, event) }
    }

    private func deadlineMilliseconds(_ run: Run) -> Int64 {
        let left = Microseconds(run.started + .seconds(Int64(function.configuration.timeoutSeconds)) - .now())
        return (Timestamp.now() + left).milliseconds
    }

    /// The answer to `next`.
    func invocation(_ run: Run) -> HTTPResponse {
        var headers = HTTPHeaders([
            ("Content-Type", "application/json"),
            ("Lambda-Runtime-Aws-Request-Id", run.job.idText),
            ("Lambda-Runtime-Deadline-Ms", String(deadlineMilliseconds(run))),
            ("Lambda-Runtime-Invoked-Function-Arn", run.job.invokedARN),
            ("Lambda-Runtime-Trace-Id", run.job.trace.text),
        ])
        if !run.job.clientContext.isEmpty { headers.add("Lambda-Runtime-Client-Context", run.job.clientContext) }
        return HTTPResponse(headers: headers, bytes: run.job.payload)
    }

    private func invokeEvent(_ run: Run) -> JSON {
        [
            "eventType": "INVOKE", "deadlineMs": .int(Int(deadlineMilliseconds(run))),
            "requestId": .string(run.job.idText), "invokedFunctionArn": .string(run.job.invokedARN),
            "tracing": ["type": "X-Amzn-Trace-Id", "value": .string(run.job.trace.text)],
        ]
    }

    /// The runtime answered.
    func answered(_ outcome: InvocationOutcome, errorType: String?, errorMessage: String?) {
        readLogs()
        guard current?.answeredAt == nil else { return }
        var outcome = outcome
        outcome.queued = current?.queued ?? .zero
        let now = NIODeadline.now()
        current?.answeredAt = now
        current?.timeout?.cancel()
        current?.errorType = errorType
        current?.errorMessage = errorMessage
        if let runtime { memory.look(at: runtime.process) }
        guard memory.peak <= memoryLimit else {
            current?.answeredAt = nil
            ranOutOfMemory()
            return
        }
        current?.outcome = outcome
        if let job = current?.job {
            say(
                .runtimeDone(
                    id: job.idText, status: errorType == nil ? "success" : "error", errorType: errorType,
                    duration: duration, produced: outcome.payload.count, trace: job.trace))
            environments.answered(environment)
            if !job.wantsTail { job.complete(outcome) }
        }
    }

    /// The handler's own time.
    private var duration: Microseconds {
        guard let run = current else { return .zero }
        return Microseconds((run.answeredAt ?? .now()) - run.started)
    }

    var memoryLimit: Int64 { Int64(function.configuration.memoryMiB) * 1_048_576 }

    /// The invocation is over when the runtime and all extensions that were told of it ask for the next.
    func checkFinished() {
        guard phase == .running, let run = current, run.answeredAt != nil, machine.state == .ready,
            extensions.areAllWaiting
        else { return }
        readLogs()
        finish(
            status: run.errorType == nil ? .success : .error, reportStatus: run.errorType == nil ? "success" : "error")
        free()
    }

    /// Ready for the next job, if there is one.
    func free() {
        phase = .idle
        switch environments.freed(environment) {
        case .run(let job): run(job)
        case .idle: break
        case .retire: retire(reason: "code or configuration changed", shutdownReason: "spindown")
        }
    }

    /// Writes the end of the log and tells everybody.
    private func finish(status: InvocationEnd.Status, reportStatus: String, fixed: Microseconds? = nil) {
        guard let run = current else { return }
        current = nil
        run.timeout?.cancel()
        let duration = fixed ?? Microseconds((run.answeredAt ?? .now()) - run.started)
        let initDuration = isInitReported ? nil : initDuration
        isInitReported = true
        let billed = (duration + (initDuration ?? .zero)).billedMilliseconds
        let used = min(memory.peakMiB, function.configuration.memoryMiB)
        current = run
        say(
            .report(
                .init(
                    id: run.job.idText, status: reportStatus, errorType: run.errorType, duration: duration,
                    billedMilliseconds: billed, memorySizeMiB: function.configuration.memoryMiB, maxMemoryUsedMiB: used,
                    initDuration: initDuration, trace: run.job.trace)))
        current = nil
        let end = InvocationEnd(
            requestID: run.job.id, function: function.name, status: status, duration: duration,
            billedMilliseconds: billed, queued: run.queued, initDuration: initDuration,
            overhead: run.answeredAt.map { Microseconds(.now() - $0) } ?? .zero,
            memorySizeMiB: function.configuration.memoryMiB, maxMemoryUsedMiB: used, errorType: run.errorType,
            errorMessage: run.errorMessage, response: Payload(run.outcome?.payload ?? []),
            environment: environment.id, logStream: logStream)
        environments.sink.emit(TelemetryEvent(.invocationFinished(end)))
        if run.answeredAt != nil, !extensions.isEmpty {
            environments.metrics.add(
                .postRuntimeExtensionsDuration, end.overhead.milliseconds, of: function.name,
                qualifier: run.job.qualifier)
        }
        if var outcome = run.outcome {
            if run.job.wantsTail { outcome.tail = log.takeTail() }
            run.job.complete(outcome)
        }
    }

    // MARK: What goes wrong

    func timedOut(_ id: RequestID) {
        guard let run = current, run.job.id == id, run.answeredAt == nil else { return }
        readLogs()
        let seconds = Microseconds.seconds(Int64(function.configuration.timeoutSeconds))
        let text = "Task timed out after \(Microseconds(seconds.count / 1000).twoDecimals) seconds"
        stop(
            "Sandbox.Timedout", message: text, status: .timeout, reportStatus: "timeout", duration: seconds,
            logged: "\(Timestamp.now().iso8601) \(run.job.idText) \(text)", reason: "timeout")
    }

    func ranOutOfMemory() {
        guard let run = current else { return }
        let message = "Runtime exited with error: signal: killed"
        stop(
            "Runtime.OutOfMemory", message: message, status: .outOfMemory, reportStatus: "failure",
            logged: "RequestId: \(run.job.idText) Error: \(message)\nRuntime.OutOfMemory", reason: "out of memory")
    }

    /// The invocation cannot be served: a process ended or init failed for good.
    func fail(_ type: String, message: String, body: [UInt8]? = nil, reason: String) {
        guard let run = current else {
            end(reason: reason)
            return
        }
        guard run.answeredAt == nil else {
            // It had answered: the caller keeps that, the environment is lost all the same.
            finish(status: run.errorType == nil ? .success : .error, reportStatus: "failure")
            end(reason: reason)
            return
        }
        stop(
            type, message: message, status: .crash, reportStatus: "failure",
            logged: body == nil ? "RequestId: \(run.job.idText) Error: \(message)\n\(type)" : nil, body: body,
            reason: reason)
    }

    private func stop(
        _ type: String, message: String, status: InvocationEnd.Status, reportStatus: String,
        duration: Microseconds? = nil, logged: String?, body: [UInt8]? = nil, reason: String
    ) {
        guard let run = current else { return }
        current?.timeout?.cancel()
        if !run.isStartLogged {
            say(.start(id: run.job.idText, version: function.configuration.version, trace: run.job.trace))
        }
        let text = "RequestId: \(run.job.idText) Error: \(message)"
        let answer = body ?? (["errorType": .string(type), "errorMessage": .string(text)] as JSON).bytes
        if let logged { log.write(logged, at: .now(), id: run.job.id) }
        current?.errorType = type
        current?.errorMessage = body.flatMap { try? JSON(parsing: $0) }?["errorMessage"]?.string ?? text
        current?.outcome = InvocationOutcome(payload: answer, isError: true, queued: run.queued)
        let taken = duration ?? self.duration
        say(
            .runtimeDone(
                id: run.job.idText, status: reportStatus, errorType: type, duration: taken, produced: 0,
                trace: run.job.trace))
        environments.answered(environment)
        finish(status: status, reportStatus: reportStatus, fixed: duration)
        retire(reason: reason, shutdownReason: status == .timeout ? "timeout" : "failure")
    }
}
