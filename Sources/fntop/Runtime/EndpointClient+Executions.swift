import AWSCore
import Dashboard
import HTTPTransport
import JSON

extension EndpointClient {
    /// Starts, stops or redrives an execution by the Step Functions API.
    ///
    /// - Throws: ``Failure`` when the endpoint cannot be reached.
    func perform(_ action: ExecutionAction) async throws -> ExecutionOutcome {
        let (operation, input): (String, JSON) =
            switch action {
            case .start(let machine, let text):
                ("StartExecution", ["stateMachineArn": .string(machine), "input": .string(text)])
            case .stop(let arn):
                ("StopExecution", ["executionArn": .string(arn), "cause": "stopped in the fntop dashboard"])
            case .redrive(let arn): ("RedriveExecution", ["executionArn": .string(arn)])
            }
        let headers: HTTPHeaders = [
            "Authorization": "AWS4-HMAC-SHA256 Credential=fntop/20260101/us-east-1/states/aws4_request",
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": "AWSStepFunctions.\(operation)",
        ]
        let reply = try await send(HTTPRequest(method: "POST", target: "/", headers: headers, body: input.bytes))
        let answer = try? JSON(parsing: reply.body)
        guard reply.status < 300 else {
            let code = answer?["__type"]?.string?.split(separator: "#").last.map(String.init)
            let message = answer?["message"]?.string ?? answer?["Message"]?.string
            let parts = [code, message].compactMap { $0 }
            let failure = parts.isEmpty ? "the endpoint answered \(reply.status)" : parts.joined(separator: ": ")
            return ExecutionOutcome(action: action, failure: failure)
        }
        return ExecutionOutcome(action: action, arn: answer?["executionArn"]?.string ?? action.execution)
    }
}

extension ExecutionAction {
    /// The ARN of the execution that there is already.
    fileprivate var execution: String? {
        switch self {
        case .start: nil
        case .stop(let arn), .redrive(let arn): arn
        }
    }
}
