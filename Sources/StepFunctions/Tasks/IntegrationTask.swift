import AWSCore
import JSON
import StatesLanguage
import Telemetry

/// A task that calls an operation of a service.
struct IntegrationTask: Sendable {
    let call: TaskCall
    let service: IntegratedService
    let operation: String
    let pattern: IntegrationPattern

    init(call: TaskCall, service: String, operation: String, pattern: IntegrationPattern) {
        self.call = call
        self.service = IntegratedService(service)
        self.operation = operation.capitalizedFirst
        self.pattern = pattern
    }

    func start() -> @Sendable () -> Void {
        let token = call.request.token
        if pattern == .waitForTaskToken {
            call.world.tokens.insert(token, TaskTokens.Holder(runner: call.runner, task: call.id))
            if case .submitted = call.point { return { call.world.tokens.close(token) } }
        }
        let child = NestedChild()
        let task = Task { await run(child) }
        return {
            task.cancel()
            if pattern == .waitForTaskToken { call.world.tokens.close(token) }
            child.stop()
        }
    }

    private func run(_ child: NestedChild) async {
        switch pattern {
        case .requestResponse, .waitForTaskToken: await request()
        case .sync, .sync2:
            guard service.name == "states", operation == "StartExecution" else {
                call.started()
                return fail(
                    ServiceError(
                        "NotImplemented",
                        "fntop cannot wait for the end of \(service.name):\(operation.smallFirst); mock the state"))
            }
            await NestedExecution(call: call, pattern: pattern).run(child)
        }
    }

    private func request() async {
        switch await answer() {
        case .output(let output, let invocation):
            guard pattern == .waitForTaskToken else {
                return call.post(.taskSucceeded(call.id, output: output), invocation: invocation)
            }
            call.post(.taskSubmitted(call.id, output: output), invocation: invocation)
        case .failure(let failure, let invocation): fail(failure, invocation: invocation)
        case .error(let error): fail(error)
        case .cancelled: break
        }
    }

    /// What came of the call.
    enum Answer {
        case output(JSON, invocation: RequestID? = nil)
        /// The function failed, not the call.
        case failure(TaskFailure, invocation: RequestID?)
        case error(ServiceError)
        case cancelled
    }

    private func answer() async -> Answer {
        if service.name == "lambda", operation == "Invoke" { return await invoke() }
        call.started()
        do throws(ServiceError) {
            return .output(try await serviceAnswer())
        } catch {
            return .error(error)
        }
    }

    func serviceAnswer() async throws(ServiceError) -> JSON {
        let context = call.context
        let input = MemberNames.input(call.request.parameters, of: service)
        let result = try await call.world.caller.call(service.signingName, operation, input, context: context)
        var output = MemberNames.output(result, of: service)
        if output.isNull { output = .object(JSONObject()) }
        if !service.isSDK {
            let members = SDKMetadata.members(
                status: 200, requestID: context.requestID, contentType: "application/x-amz-json-1.0",
                length: result.bytes.count + (operation == "StartExecution" ? 2 : 0), at: call.world.clock.now())
            for (name, value) in members { output[name] = value }
        }
        if service.name == "events", let failed = output["FailedEntryCount"]?.int, failed > 0 {
            throw ServiceError("FailedEntry", output.text)
        }
        return output
    }

    func fail(_ error: ServiceError) {
        let failure = ServiceFailure(error, service: service, requestID: call.context.requestID)
        fail(TaskFailure(failure.error, failure.cause))
    }

    private func fail(_ failure: TaskFailure, invocation: RequestID? = nil) {
        if pattern == .requestResponse {
            call.post(.taskFailed(call.id, failure), invocation: invocation)
        } else {
            call.post(.taskSubmitFailed(call.id, failure), invocation: invocation)
        }
        if pattern == .waitForTaskToken { call.world.tokens.close(call.request.token) }
    }
}
