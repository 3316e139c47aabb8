import JSON

extension DefinitionInspection {
    mutating func checkResource(_ value: JSON, at spot: Spot) {
        guard let arn = value.string else { return expected("String", at: spot) }
        guard arn.hasPrefix("arn:"), arn.split(separator: ":", omittingEmptySubsequences: false).count >= 6 else {
            return schema("Value is not a valid resource ARN", at: spot)
        }
        switch TaskResource(arn) {
        case .lambda: break
        case .activity:
            if spot.isExpress { schema("Express state machine does not support Activity ARN", at: spot) }
        case .integration(let service, let operation, let pattern, _):
            guard IntegrationCatalog.offers(service: service, operation: operation, pattern: pattern) else {
                return schema(
                    "The resource provided \(arn) is not recognized. The value is not a valid resource ARN, "
                        + "or the resource is not available in this region.", at: spot)
            }
            guard spot.isExpress, pattern != .requestResponse else { return }
            let name = pattern == .waitForTaskToken ? ".waitForTaskToken" : ".sync"
            schema("Express state machine does not support '\(name)' service integration", at: spot)
        }
    }

    mutating func checkActivity(_ state: JSONObject, at spot: Spot) {
        guard state["Credentials"] != nil, let arn = state["Resource"]?.string, case .activity = TaskResource(arn)
        else {
            return
        }
        schema("The field 'Credentials' is not supported for activities", at: spot["Credentials"])
    }
}

/// Which integrations there are, as far as that is certain: services that are not named here are taken as they come.
///
/// - SeeAlso: Step Functions guide, "Integrating optimized services".
enum IntegrationCatalog {
    static func offers(service: String, operation: String, pattern: IntegrationPattern) -> Bool {
        guard !service.isEmpty, !operation.isEmpty else { return false }
        if service.hasPrefix("aws-sdk:") { return pattern == .requestResponse || pattern == .waitForTaskToken }
        if let operations = operations[service], !operations.contains(operation) { return false }
        switch pattern {
        case .requestResponse: return true
        case .sync: return !withoutSync.contains(service)
        case .sync2: return service == "states"
        case .waitForTaskToken: return !withoutToken.contains(service)
        }
    }

    private static let operations: [String: Set<String>] = [
        "lambda": ["invoke"], "sqs": ["sendMessage"], "sns": ["publish"], "events": ["putEvents"],
        "states": ["startExecution"], "dynamodb": ["getItem", "putItem", "updateItem", "deleteItem"],
        "http": ["invoke"],
        "apigateway": ["invoke"],
    ]
    private static let withoutSync: Set<String> = [
        "lambda", "sns", "sqs", "dynamodb", "events", "apigateway", "http", "bedrock-agentcore",
    ]
    private static let withoutToken: Set<String> = [
        "athena", "batch", "codebuild", "elasticmapreduce", "emr-containers", "emr-serverless", "glue", "databrew",
        "mediaconvert", "sagemaker", "dynamodb", "bedrock-agentcore", "http",
    ]
}
