import Dashboard
import JSON

extension EndpointClient {
    /// Starts, stops or redrives an execution by the Step Functions API.
    ///
    /// - Throws: ``Failure`` when it was refused, or the endpoint cannot be reached.
    func perform(_ action: ExecutionAction) async throws -> ExecutionOutcome {
        let (operation, input): (String, JSON) =
            switch action {
            case .start(let machine, let text):
                ("StartExecution", ["stateMachineArn": .string(machine), "input": .string(text)])
            case .stop(let arn):
                ("StopExecution", ["executionArn": .string(arn), "cause": "stopped in the fntop dashboard"])
            case .redrive(let arn): ("RedriveExecution", ["executionArn": .string(arn)])
            }
        let answer = try await call(.states, operation, input)
        return ExecutionOutcome(action: action, arn: answer["executionArn"]?.string ?? action.execution)
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
