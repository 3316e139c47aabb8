import JSON

/// How a resource shows in the history.
extension TaskResource {
    var scheduledEvent: String { event("Scheduled") }

    /// - Parameter what: `Started`, `Succeeded`, `Failed`, `TimedOut`, `Scheduled`.
    func event(_ what: String) -> String {
        switch self {
        case .lambda: "LambdaFunction" + what
        case .activity: "Activity" + what
        case .integration: "Task" + what
        }
    }

    var notStartedEvent: String {
        switch self {
        case .lambda: "LambdaFunctionStartFailed"
        case .activity: "ActivityScheduleFailed"
        case .integration: "TaskStartFailed"
        }
    }

    /// `$$.Task.Token` is there.
    var givesToken: Bool {
        guard case .integration(_, _, let pattern, _) = self else { return false }
        return pattern == .waitForTaskToken
    }

    /// Only who gets a token can send heartbeats.
    var needsHeartbeat: Bool {
        if case .activity = self { return true }
        return givesToken
    }

    /// As messages about too much data name it.
    var name: String {
        switch self {
        case .lambda(let arn), .activity(let arn): arn
        case .integration(let service, _, _, _): service
        }
    }

    /// Adds `resource` and `resourceType` where the event has them.
    func details(_ details: JSONObject) -> JSONObject {
        guard case .integration(let service, let operation, let pattern, _) = self else { return details }
        var details = details
        details["resource"] = .string(pattern == .requestResponse ? operation : "\(operation).\(pattern.rawValue)")
        details["resourceType"] = .string(service)
        return details
    }

    func startedDetails(workerName: String?) -> JSONObject? {
        switch self {
        case .lambda: nil
        case .activity: workerName.map { ["workerName": .string($0)] as JSON }?.object ?? JSONObject()
        case .integration: details(JSONObject())
        }
    }
}

extension TaskRequest {
    func scheduledDetails(text: String, region: String) -> JSONObject {
        var details: JSONObject
        switch resource {
        case .lambda(let arn), .activity(let arn):
            details = Details.input(text)
            details["resource"] = .string(arn)
        case .integration:
            details = resource.details(JSONObject())
            details["region"] = .string(region)
            details["parameters"] = .string(text)
        }
        if let timeout { details["timeoutInSeconds"] = .int(timeout) }
        if let heartbeat, !isLambda { details["heartbeatInSeconds"] = .int(heartbeat) }
        if let role = credentials?["RoleArn"], !isActivity { details["taskCredentials"] = ["roleArn": role] }
        return details
    }

    private var isLambda: Bool {
        if case .lambda = resource { return true }
        return false
    }

    private var isActivity: Bool {
        if case .activity = resource { return true }
        return false
    }
}
