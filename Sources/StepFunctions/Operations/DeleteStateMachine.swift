import AWSCore
import JSON
import Telemetry

enum DeleteStateMachine: ServiceOperation {
    static let name = "DeleteStateMachine"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let text = try Input(json).arn("stateMachineArn")
        let (arn, qualifier) = try StatesARN.machine(text)
        guard qualifier == nil else {
            throw .invalid(
                "StateMachineArn must not be a version or an alias: use DeleteStateMachineVersion or "
                    + "DeleteStateMachineAlias")
        }
        // Executions that go on do so with the definition that they began with.
        if context.machines.remove(arn) != nil {
            await context.journal.commit()
            context.sink.emit(TelemetryEvent(.stateMachineDeleted(arn: arn), at: context.clock.now()))
        }
        return .object(JSONObject())
    }
}
