import AWSCore

/// What mappings can read, on AWS.
enum EventSourceKind {
    /// The sources that are not read here yet, by the service in their ARN.
    private static let unsupported = [
        "sqs": "SQS queues", "kinesis": "Kinesis streams", "kafka": "Amazon MSK", "mq": "Amazon MQ",
        "rds": "DocumentDB", "docdb": "DocumentDB",
    ]

    /// - Returns: the ARN of a table's stream.
    /// - Throws: `InvalidParameterValueException` that names a kind of source that fntop does not read.
    static func stream(_ text: String) throws(ServiceError) -> ARN {
        guard let arn = ARN(text) else {
            throw .constraint(
                text, at: "eventSourceArn",
                "satisfy regular expression pattern: arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:"
                    + "([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)")
        }
        if let name = unsupported[arn.service] {
            throw .invalid("fntop reads no \(name) for functions: the event source \(text) is not supported.")
        }
        guard arn.service == "dynamodb" else { throw .invalid("Unrecognized event source.") }
        let parts = arn.resource.split(separator: "/")
        guard parts.count == 4, parts[0] == "table", parts[2] == "stream" else {
            throw .invalid("Unrecognized event source, must be the ARN of a table's stream: \(text)")
        }
        return arn
    }
}
