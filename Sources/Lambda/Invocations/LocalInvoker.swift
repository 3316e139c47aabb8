import AWSCore
import Telemetry

/// Invokes functions for what is in this process: the other services, and event sources.
struct LocalInvoker: FunctionInvoker {
    let functions: Functions
    let invocations: Invocations

    func invoke(
        _ function: String, _ invocation: FunctionInvocation
    ) async throws(ServiceError) -> FunctionResult {
        let reference = try FunctionReference(function)
        let found = try functions.find(reference, call: CallContext(), draw: .random(in: 0..<1))
        guard invocation.payload.count <= Invocations.synchronousLimit else {
            throw .tooLarge(
                invocation.payload.count, limit: Invocations.synchronousLimit, operation: "RequestResponse")
        }
        var request = Invocations.Request(
            payload: invocation.payload, trigger: invocation.trigger, traceHeader: invocation.traceHeader)
        request.qualifier = reference.qualifier
        request.wantsTail = invocation.wantsTail
        let outcome = try await invocations.run(found, request)
        var result = FunctionResult(
            payload: outcome.payload, functionError: outcome.isError ? "Unhandled" : nil,
            requestID: request.id.description, executedVersion: found.configuration.version)
        if invocation.wantsTail { result.logResult = Base64.encoded(outcome.tail) }
        return result
    }
}
