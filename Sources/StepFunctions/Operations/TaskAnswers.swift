import AWSCore
import JSON
import StatesLanguage

enum SendTaskSuccess: ServiceOperation {
    static let name = "SendTaskSuccess"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let token = try input.required("taskToken", atMost: 2048)
        let text = try input.required("output", atLeast: 0, atMost: 262_144)
        // A token that is not known is told of before an output that is no JSON.
        _ = try context.tokens.take(token, closes: false)
        let output: JSON
        do throws(JSONError) {
            output = try JSON(parsing: text)
        } catch {
            throw ServiceError("InvalidOutput", "Invalid Output: '\(error)'")
        }
        let holder = try context.tokens.take(token, closes: true)
        await holder.runner.deliver(.taskSucceeded(holder.task, output: output))
        return .object(JSONObject())
    }
}

enum SendTaskFailure: ServiceOperation {
    static let name = "SendTaskFailure"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let token = try input.required("taskToken", atMost: 2048)
        let error = try input.string("error", atMost: 256)
        let cause = try input.string("cause", atMost: 32768)
        let holder = try context.tokens.take(token, closes: true)
        await holder.runner.deliver(.taskFailed(holder.task, TaskFailure(error ?? "", cause ?? "")))
        return .object(JSONObject())
    }
}

enum SendTaskHeartbeat: ServiceOperation {
    static let name = "SendTaskHeartbeat"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let token = try Input(json).required("taskToken", atMost: 2048)
        let holder = try context.tokens.take(token, closes: false)
        await holder.runner.deliver(.heartbeat(holder.task))
        return .object(JSONObject())
    }
}
