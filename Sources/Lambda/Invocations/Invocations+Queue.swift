import AWSCore
import JSON
import Synchronization
import Telemetry

extension Invocations {
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
        destinations.metrics.add(.asyncEventsReceived, of: name, qualifier: request.qualifier)
    }

    private func runQueued(_ name: String, _ request: Request) async {
        let accepted = settings.clock.now()
        var count = 0
        var backoff = Microseconds.seconds(1)
        var last: (outcome: InvocationOutcome, version: String)?
        while let function = functions.named(name) {
            let qualifier = request.qualifier ?? VersionName.latest
            let config = function.eventInvokeConfigs[qualifier] ?? EventInvokeConfig()
            let limit = config.maximumAgeSeconds.map { Microseconds.seconds(Int64($0)) } ?? settings.maximumEventAge
            let retries = min(config.maximumRetries ?? .max, settings.retryDelays.count)
            func end(_ condition: InvocationRecord.Condition) async {
                let record = InvocationRecord(
                    id: request.id, functionARN: "\(function.arn):\(qualifier)", condition: condition, count: count,
                    event: request.payload, result: last, time: settings.clock.now())
                await tell(record, of: function, config, request)
            }
            guard function.reservedConcurrency != 0 else { return await end(.zeroReservedConcurrency) }
            guard settings.clock.now() - accepted < limit else { return await end(.eventAgeExceeded) }
            guard let version = function.version(of: qualifier, draw: .random(in: 0..<1)),
                let target = function.at(version)
            else { return }
            let waited = settings.clock.now() - accepted
            do throws(ServiceError) {
                let outcome = try await run(target, request, isAsynchronous: true, attempt: count + 1)
                destinations.metrics.add(
                    .asyncEventAge, (waited + outcome.queued).milliseconds, of: name, qualifier: request.qualifier)
                count += 1
                last = (outcome, version)
                guard outcome.isError else { return await end(.success) }
                guard count <= retries else { return await end(.retriesExhausted) }
                guard await settings.clock.sleep(settings.retryDelays[count - 1]) else { return }
            } catch {
                // Throttles are retried, more and more rarely, without counting as tries.
                guard error.code == "TooManyRequestsException", await settings.clock.sleep(backoff) else { return }
                backoff = min(Microseconds(backoff.count * 2), .seconds(300))
            }
        }
    }

    /// Tells the destination, and puts what failed into the dead-letter queue.
    private func tell(
        _ record: InvocationRecord, of function: LambdaFunction, _ config: EventInvokeConfig, _ request: Request
    ) async {
        let isSuccess = record.condition == .success
        if !isSuccess {
            destinations.metrics.add(.asyncEventsDropped, of: function.name, qualifier: request.qualifier)
        }
        if let target = isSuccess ? config.onSuccess : config.onFailure {
            await send(record, to: target, about: function, request)
        }
        guard !isSuccess, let queue = function.configuration.deadLetterTarget else { return }
        let event = (try? JSON(parsing: request.payload)) ?? .string(String(decoding: request.payload, as: UTF8.self))
        let message = ServiceTarget.Message(body: event, attributes: record.deadLetterAttributes)
        _ = await destinations.send(
            message, to: queue, metric: .deadLetterErrors, about: request.reference(to: function), request.id)
    }

    private func send(
        _ record: InvocationRecord, to target: String, about function: LambdaFunction, _ request: Request
    ) async {
        let metric = FunctionMetrics.Name.destinationDeliveryFailures
        let subject = request.reference(to: function)
        guard ARN(target)?.service == "lambda" else {
            let result = record.condition == .success ? "Success" : "Failure"
            let message = ServiceTarget.Message(
                body: record.json, detailType: "Lambda Function Invocation Result - \(result)",
                function: record.functionARN)
            _ = await destinations.send(message, to: target, metric: metric, about: subject, request.id)
            return
        }
        do throws(ServiceError) {
            let reference = try FunctionReference(target)
            let found = try functions.find(reference, call: CallContext())
            var next = Request(
                payload: record.json.bytes, trigger: "destination of \(function.name)",
                traceHeader: request.traceHeader)
            next.qualifier = reference.qualifier
            try enqueue(found, next)
        } catch {
            destinations.report(error, of: target, metric: metric, about: subject, request.id)
        }
    }
}

extension Invocations.Request {
    fileprivate func reference(to function: LambdaFunction) -> FunctionReference {
        FunctionReference(name: function.name, qualifier: qualifier)
    }
}

extension InvocationRecord {
    /// What a message in a dead-letter queue says besides the event; the error's text is cut at 1 KB.
    fileprivate var deadLetterAttributes: JSONObject {
        let answer = result.flatMap { try? JSON(parsing: $0.outcome.payload) }
        let text = answer?["errorMessage"]?.string ?? condition.rawValue
        func attribute(_ type: String, _ value: String) -> JSON {
            ["DataType": .string(type), "StringValue": .string(value)]
        }
        return JSONObject(
            ("RequestID", attribute("String", id.description)),
            ("ErrorCode", attribute("Number", result == nil ? "429" : "200")),
            ("ErrorMessage", attribute("String", String(decoding: text.utf8.prefix(1024), as: UTF8.self))))
    }
}
