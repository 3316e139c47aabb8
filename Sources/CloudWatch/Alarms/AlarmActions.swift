import AWSCore
import JSON
import Telemetry

/// Does what an alarm's ARNs name.
struct AlarmActions: Sendable {
    let invoker: any FunctionInvoker
    let caller: any ServiceCaller

    /// - Returns: why it failed; `nil` when it was done.
    func perform(_ text: String, _ alarm: Alarm, _ old: Alarm.State) async -> String? {
        guard let arn = ARN(text) else { return "\(text) is no ARN" }
        do throws(ServiceError) {
            switch arn.service {
            case "lambda":
                let payload = AlarmEvent.json(alarm, from: old).bytes
                _ = try await invoker.invoke(
                    text, FunctionInvocation(payload: payload, trigger: "alarm \(alarm.name)"))
            case "sns":
                let input: JSON = [
                    "TopicArn": .string(text), "Subject": .string(AlarmEvent.subject(alarm)),
                    "Message": .string(AlarmEvent.notification(alarm, from: old).text),
                ]
                _ = try await caller.call("sns", "Publish", input, context: CallContext(region: arn.region))
            default: return "fntop does not perform actions of \(arn.service)"
            }
            return nil
        } catch {
            return "\(error.code): \(error.message)"
        }
    }
}
