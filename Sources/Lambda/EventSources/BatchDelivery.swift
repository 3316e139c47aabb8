import AWSCore
import JSON
import Telemetry

/// Brings one batch to the function: as a whole, in halves, again and again, or to the destination.
struct BatchDelivery: Sendable {
    let mapping: EventSourceMapping
    let shard: String
    let source: any StreamSource
    let records: [StreamRecord]
    let context: PollerContext
    let progress: any MappingProgress
    /// Whether each step forward can be noted as the shard's position.
    let isAlone: Bool

    /// How a try went.
    private struct Attempt {
        var records: Range<Int>
        var number: Int
        var result: FunctionResult
    }

    /// - Returns: whether all records are settled; `false` when the task was cancelled before.
    func run() async -> Bool {
        var machine = BatchMachine(times: records.map(\.time), policy: policy)
        var backoff = Backoff(first: .milliseconds(200), limit: .seconds(30))
        var last: FunctionResult?
        var noted = 0
        while !Task.isCancelled {
            switch machine.next(at: context.clock.now()) {
            case .done: return true
            case .discard(let range, let condition, let attempts):
                await discard(range, condition, attempts: attempts, last)
                backoff.reset()
            case .send(let range, let number):
                let metrics = context.metrics
                do throws(ServiceError) {
                    let waited = records[range].last.map { context.clock.now() - $0.time } ?? .zero
                    let result = try await context.invoker.invoke(mapping.functionARN, invocation(range))
                    last = result
                    metrics.add(
                        .iteratorAge, max(waited, .zero).milliseconds, of: mapping.function.name,
                        qualifier: mapping.function.qualifier)
                    metrics.add(.invoked, range.count, of: mapping)
                    let change = judge(Attempt(records: range, number: number, result: result), &machine)
                    if change == .retried {
                        guard await context.clock.sleep(backoff.next()) else { return false }
                    } else {
                        backoff.reset()
                    }
                } catch {
                    guard !Task.isCancelled else { return false }
                    // Nothing ran: that costs no try.
                    progress.result(mapping.id, "PROBLEM: \(error.message)")
                    metrics.add(.failedInvoke, range.count, of: mapping)
                    emit(.failed, range, number, detail: "\(error.code): \(error.message)")
                    guard await context.clock.sleep(backoff.next()) else { return false }
                    emit(.retried, range, number)
                }
            }
            if isAlone, machine.settled > noted {
                noted = machine.settled
                progress.settled(mapping.id, shard: shard, upTo: records[noted - 1].sequence)
            }
        }
        return false
    }

    private var policy: BatchMachine.Policy {
        BatchMachine.Policy(
            bisects: mapping.bisects, maximumRetries: mapping.maximumRetries < 0 ? nil : mapping.maximumRetries,
            maximumAge: mapping.maximumAgeSeconds < 0
                ? source.retention : min(.seconds(Int64(mapping.maximumAgeSeconds)), source.retention))
    }

    private func invocation(_ range: Range<Int>) -> FunctionInvocation {
        var payload = Array("{\"Records\":[".utf8)
        payload.reserveCapacity(records[range].reduce(16) { $0 + $1.bytes.count + 1 })
        for place in range {
            if place > range.lowerBound { payload.append(UInt8(ascii: ",")) }
            payload.append(contentsOf: records[place].bytes)
        }
        payload.append(contentsOf: "]}".utf8)
        return FunctionInvocation(payload: payload, trigger: "\(mapping.table) stream")
    }

    /// - Returns: what happens to what is left; `nil` when all went well.
    private func judge(_ attempt: Attempt, _ machine: inout BatchMachine) -> BatchMachine.Change? {
        let range = attempt.records
        var answer = BatchResponse.success
        if attempt.result.functionError != nil {
            answer = .failed
        } else if mapping.reportsItemFailures {
            answer = BatchResponse(attempt.result.payload, sequences: records[range].map(\.sequence))
        }
        let change: BatchMachine.Change
        var left = range
        switch answer {
        case .success:
            machine.succeeded()
            emit(.delivered, range, attempt)
            progress.result(mapping.id, "OK")
            return nil
        case .failed: change = machine.failed()
        case .failedFrom(let place):
            left = range.lowerBound + place..<range.upperBound
            change = machine.failed(from: left.lowerBound)
            if place > 0 { emit(.delivered, range.lowerBound..<left.lowerBound, attempt) }
        }
        progress.result(mapping.id, "PROBLEM: Function call failed")
        context.metrics.add(.failedInvoke, left.count, of: mapping)
        emit(.failed, left, attempt, detail: Self.problem(attempt.result))
        switch change {
        case .bisected: emit(.bisected, left, attempt)
        case .retried: emit(.retried, left, attempt)
        case .exhausted: break
        }
        return change
    }

    private static func problem(_ result: FunctionResult) -> String {
        guard result.functionError != nil else { return "batchItemFailures" }
        let answer = try? JSON(parsing: result.payload)
        let parts = [answer?["errorType"]?.string, answer?["errorMessage"]?.string].compactMap { $0 }
        return String(parts.joined(separator: ": ").prefix(1000))
    }

    private func emit(_ step: EventSourceChange.Step, _ range: Range<Int>, _ attempt: Attempt, detail: String = "") {
        emit(step, range, attempt.number, invocation: RequestID(attempt.result.requestID), detail: detail)
    }

    private func emit(
        _ step: EventSourceChange.Step, _ range: Range<Int>, _ attempt: Int, invocation: RequestID? = nil,
        detail: String = ""
    ) {
        context.emit(
            mapping.event(step, records: records[range], attempt: attempt, invocation: invocation, detail: detail))
    }

    // MARK: What is given up

    private func discard(
        _ range: Range<Int>, _ condition: BatchMachine.Condition, attempts: Int, _ last: FunctionResult?
    ) async {
        let id = last.flatMap { RequestID($0.requestID) }
        emit(.discarded, range, attempts, invocation: id, detail: condition.rawValue)
        guard let target = mapping.onFailure, let first = records[range].first, let end = records[range].last else {
            if attempts > 0 || mapping.maximumAgeSeconds >= 0 {
                context.metrics.add(.dropped, range.count, of: mapping)
            }
            return
        }
        let result = attempts > 0 ? last : nil
        let record = FailedBatchRecord(
            id: id ?? RequestID(), functionARN: mapping.functionARN, condition: condition.rawValue, count: attempts,
            result: result, infoName: source.batchInfoName, shard: shard, stream: mapping.source.description,
            first: first, last: end,
            size: range.count, time: context.clock.now())
        let message = ServiceTarget.Message(body: record.json)
        let error = await context.destinations.send(
            message, to: target, metric: .destinationDeliveryFailures, about: mapping.function, id)
        if let error {
            context.metrics.add(.dropped, range.count, of: mapping)
            emit(
                .destinationFailed, range, attempts, invocation: id,
                detail: "\(target): \(error.code): \(error.message)")
        } else {
            context.metrics.add(.delivered, range.count, of: mapping)
            emit(.sentToDestination, range, attempts, invocation: id, detail: target)
        }
    }
}
