import JSON

/// What a Task state runs.
package struct TaskDefinition: Sendable {
    /// `Resource` as written.
    package let resourceARN: String
    package let resource: TaskResource
    /// `TimeoutSeconds`, or its path or expression.
    package let timeout: PayloadTemplate?
    package let heartbeat: PayloadTemplate?
    package let credentials: PayloadTemplate?

    init(_ source: JSON, language: QueryLanguage) {
        resourceARN = source["Resource"]?.string ?? ""
        resource = TaskResource(resourceARN)
        timeout = .field("TimeoutSeconds", of: source, language: language)
        heartbeat = .field("HeartbeatSeconds", of: source, language: language)
        credentials = source["Credentials"].map { PayloadTemplate($0, language: language) }
    }
}

extension TaskResource {
    /// - Parameter arn: `Resource` of a Task state; what is no function and no activity is an integration.
    package init(_ arn: String) {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[2] == "states" else {
            self = .lambda(functionARN: arn)
            return
        }
        if parts[5].hasPrefix("activity:") {
            self = .activity(arn: arn)
            return
        }
        var call = parts[5][...]
        var pattern = IntegrationPattern.requestResponse
        for known in [IntegrationPattern.sync2, .sync, .waitForTaskToken] where call.hasSuffix("." + known.rawValue) {
            call = call.dropLast(known.rawValue.count + 1)
            pattern = known
            break
        }
        guard let colon = call.lastIndex(of: ":") else {
            self = .integration(service: String(call), operation: "", pattern: pattern, arn: arn)
            return
        }
        self = .integration(
            service: String(call[..<colon]), operation: String(call[call.index(after: colon)...]), pattern: pattern,
            arn: arn
        )
    }
}
