import AWSCore
import JSON
import Telemetry

/// A queue, topic or event bus that is told how something ended.
struct ServiceTarget {
    let arn: ARN
    private let operation: Operation

    private enum Operation {
        case queue, topic, bus
    }

    /// - Returns: `nil` for what is none of these.
    init?(_ text: String) {
        guard let arn = ARN(text) else { return nil }
        switch arn.service {
        case "sqs": operation = .queue
        case "sns": operation = .topic
        case "events" where arn.resource.hasPrefix("event-bus/"): operation = .bus
        default: return nil
        }
        self.arn = arn
    }

    /// What it takes a message to say.
    struct Message {
        var body: JSON
        /// Of a message in a dead-letter queue; empty for records.
        var attributes = JSONObject()
        /// For an event bus: `Lambda Function Invocation Result - Success`.
        var detailType = ""
        /// For an event bus: the function's ARN.
        var function = ""
    }

    /// - Throws: the service's error; `NotImplemented` when it is not served here.
    func send(_ message: Message, by caller: any ServiceCaller) async throws(ServiceError) {
        let context = CallContext(region: arn.region, account: arn.account)
        switch operation {
        case .queue:
            let found = try await caller.call(
                "sqs", "GetQueueUrl",
                ["QueueName": .string(arn.resource), "QueueOwnerAWSAccountId": .string(arn.account)], context: context)
            var input: JSON = ["QueueUrl": found["QueueUrl"] ?? .null, "MessageBody": .string(message.body.text)]
            if !message.attributes.isEmpty { input["MessageAttributes"] = .object(message.attributes) }
            _ = try await caller.call("sqs", "SendMessage", input, context: context)
        case .topic:
            var input: JSON = ["TopicArn": .string(arn.description), "Message": .string(message.body.text)]
            if !message.attributes.isEmpty { input["MessageAttributes"] = .object(message.attributes) }
            _ = try await caller.call("sns", "Publish", input, context: context)
        case .bus:
            let entry: JSON = [
                "Source": "lambda", "DetailType": .string(message.detailType), "Detail": .string(message.body.text),
                "EventBusName": .string(arn.description),
                "Resources": [.string(arn.description), .string(message.function)],
            ]
            let output = try await caller.call("events", "PutEvents", ["Entries": [entry]], context: context)
            guard output["FailedEntryCount"]?.int ?? 0 == 0 else {
                let failed = output["Entries"]?[0]
                throw ServiceError(
                    failed?["ErrorCode"]?.string ?? "InternalFailure", failed?["ErrorMessage"]?.string ?? "",
                    status: 500)
            }
        }
    }
}
