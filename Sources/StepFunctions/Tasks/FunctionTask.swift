import AWSCore
import JSON
import StatesLanguage
import Telemetry

/// A task whose resource is the ARN of a function.
struct FunctionTask: Sendable {
    let call: TaskCall

    func start(_ function: String) -> @Sendable () -> Void {
        let task = Task {
            await call.world.gate.enter()
            defer { call.world.gate.leave() }
            guard !Task.isCancelled else { return }
            call.started()
            await run(function)
        }
        return { task.cancel() }
    }

    private func run(_ function: String) async {
        let invocation = FunctionInvocation(
            payload: call.request.parameters.bytes, trigger: call.trigger, traceHeader: call.traceHeader)
        do throws(ServiceError) {
            let result = try await call.world.invoker.invoke(function, invocation)
            let id = RequestID(result.requestID)
            if result.functionError != nil {
                let failure = FunctionFailure(payload: result.payload)
                return call.failed(failure.error, failure.cause, invocation: id)
            }
            call.post(.taskSucceeded(call.id, output: FunctionFailure.output(result.payload)), invocation: id)
        } catch {
            let failure = ServiceFailure(error, service: .lambda, requestID: call.context.requestID)
            call.failed(failure.error, failure.cause)
        }
    }
}

extension TaskCall {
    /// Of this attempt, for all that it calls.
    var traceHeader: String { runner.record.traceHeader(of: id) }

    /// What started the work, as a person would name it.
    var trigger: String { "\(runner.record.identity.machineName) › \(request.stateName)" }
}

/// What a function said when it failed, as Step Functions tells it.
struct FunctionFailure {
    var error: String
    var cause: String

    init(payload: [UInt8]) {
        let text = String(decoding: payload, as: UTF8.self)
        let json = try? JSON(parsing: payload)
        guard let type = json?["errorType"]?.string, !type.isEmpty else {
            error = "Lambda.Unknown"
            cause =
                "The cause could not be determined because Lambda did not return an error type. Returned payload: "
                + text
            return
        }
        error = type
        cause = text
    }

    /// A payload as JSON; one that is none as a string.
    static func output(_ payload: [UInt8]) -> JSON {
        guard !payload.isEmpty else { return .null }
        return (try? JSON(parsing: payload)) ?? .string(String(decoding: payload, as: UTF8.self))
    }
}
