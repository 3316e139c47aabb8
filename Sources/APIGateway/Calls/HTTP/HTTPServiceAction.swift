import AWSCore
import JSON

/// An integration of an HTTP API with an action of a service: `StepFunctions-StartExecution`.
///
/// See "Integration subtype reference for HTTP APIs" in the API Gateway Developer Guide.
struct HTTPServiceAction: Sendable {
    let subtype: String
    let service: String
    let operation: String
    private let parameters: [(name: String, value: Selection)]
    /// The machine, queue or bus as it is written, if it is.
    let target: String?

    private struct Subtype {
        var service: String
        var operation: String
        var required: [String]
        var optional: [String]
    }

    private static let known: [String: Subtype] = [
        "EventBridge-PutEvents": Subtype(
            service: "events", operation: "PutEvents", required: ["Detail", "DetailType", "Source"],
            optional: ["Time", "EventBusName", "Resources", "Region", "TraceHeader"]),
        "SQS-SendMessage": Subtype(
            service: "sqs", operation: "SendMessage", required: ["QueueUrl", "MessageBody"],
            optional: [
                "DelaySeconds", "MessageAttributes", "MessageDeduplicationId", "MessageGroupId",
                "MessageSystemAttributes",
                "Region",
            ]),
        "SQS-ReceiveMessage": Subtype(
            service: "sqs", operation: "ReceiveMessage", required: ["QueueUrl"],
            optional: [
                "AttributeNames", "MaxNumberOfMessages", "MessageAttributeNames", "ReceiveRequestAttemptId",
                "VisibilityTimeout", "WaitTimeSeconds", "Region",
            ]),
        "SQS-DeleteMessage": Subtype(
            service: "sqs", operation: "DeleteMessage", required: ["ReceiptHandle", "QueueUrl"], optional: ["Region"]),
        "SQS-PurgeQueue": Subtype(
            service: "sqs", operation: "PurgeQueue", required: ["QueueUrl"], optional: ["Region"]),
        "Kinesis-PutRecord": Subtype(
            service: "kinesis", operation: "PutRecord", required: ["StreamName", "Data", "PartitionKey"],
            optional: ["SequenceNumberForOrdering", "ExplicitHashKey", "Region"]),
        "StepFunctions-StartExecution": Subtype(
            service: "states", operation: "StartExecution", required: ["StateMachineArn"],
            optional: ["Name", "Input", "Region"]),
        "StepFunctions-StartSyncExecution": Subtype(
            service: "states", operation: "StartSyncExecution", required: ["StateMachineArn"],
            optional: ["Name", "Input", "Region", "TraceHeader"]),
        "StepFunctions-StopExecution": Subtype(
            service: "states", operation: "StopExecution", required: ["ExecutionArn"],
            optional: ["Cause", "Error", "Region"]),
    ]

    /// - Returns: `nil` for an integration that is none with a service.
    init?(_ integration: JSON) {
        guard let subtype = integration["integrationSubtype"]?.string, let known = Self.known[subtype] else {
            return nil
        }
        self.subtype = subtype
        service = known.service
        operation = known.operation
        let given = integration["requestParameters"]?.object ?? JSONObject()
        parameters = given.map { ($0, Selection($1.string ?? $1.text)) }
        target = ["StateMachineArn", "QueueUrl", "EventBusName"].lazy.compactMap { given[$0]?.string }.first
    }

    /// - Throws: `BadRequestException` that names the subtype or parameter that is wrong.
    static func check(_ integration: JSONObject) throws(ServiceError) {
        let subtype = integration["integrationSubtype"]?.string ?? ""
        guard let known = known[subtype] else { throw .badRequest("Integration subtype \(subtype) is not served here") }
        let given = integration["requestParameters"]?.object ?? JSONObject()
        for name in known.required where given[name] == nil {
            throw .badRequest("Parameter \(name) is required for integration subtype \(subtype)")
        }
        for name in given.keys where !known.required.contains(name) && !known.optional.contains(name) {
            throw .badRequest(
                "Parameter \(name) does not fit schema: integration subtype \(subtype) has no such parameter")
        }
    }

    /// The members of the operation's input.
    func input(_ look: (String) -> String?) -> JSON {
        var values = JSONObject()
        for (name, value) in parameters where name != "Region" && name != "TraceHeader" {
            if let text = value.text(look) { values[name] = .string(text) }
        }
        switch service {
        case "states":
            var input = JSONObject()
            for (name, value) in values { input[name.prefix(1).lowercased() + name.dropFirst()] = value }
            return .object(input)
        case "events":
            if let resources = values["Resources"]?.string {
                values["Resources"] = (try? JSON(parsing: resources)) ?? [.string(resources)]
            }
            return ["Entries": [.object(values)]]
        default:
            for name in ["MessageAttributes", "MessageSystemAttributes", "AttributeNames", "MessageAttributeNames"] {
                guard let text = values[name]?.string else { continue }
                values[name] = (try? JSON(parsing: text)) ?? .string(text)
            }
            for name in ["DelaySeconds", "MaxNumberOfMessages", "VisibilityTimeout", "WaitTimeSeconds"] {
                if let number = values[name]?.string.flatMap({ Int($0) }) { values[name] = .int(number) }
            }
            return .object(values)
        }
    }
}
