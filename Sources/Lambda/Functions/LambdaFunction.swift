import AWSCore
import JSON
import Telemetry

/// A function with all that belongs to it.
struct LambdaFunction: Sendable {
    var configuration: FunctionConfiguration
    var code: FunctionCode
    var runtime: RuntimeResolution
    var reservedConcurrency: Int?
    var tags: JSONObject
    /// Statements of the resource policy, in the order they were added.
    var policy: [JSON]
    var policyRevision: String
    /// The oldest first.
    var versions: [PublishedVersion] = []
    /// The number of the last version that was published, also of one that was deleted since.
    var lastVersion = 0
    var aliases: [String: Alias] = [:]
    /// By qualifier.
    var eventInvokeConfigs: [String: EventInvokeConfig] = [:]

    var name: String { configuration.name }
    var arn: String { configuration.arn }

    var description: FunctionDescription {
        var warnings: [String] = []
        switch runtime {
        case .interpreter(_, let warning?): warnings = [warning]
        case .missing(let reason): warnings = [reason]
        case .interpreter(_, nil), .bootstrap: break
        }
        return FunctionDescription(
            name: name, arn: arn, runtime: configuration.runtime, handler: configuration.handler,
            memoryMiB: configuration.memoryMiB, timeout: .seconds(Int64(configuration.timeoutSeconds)),
            reservedConcurrency: reservedConcurrency, logGroup: configuration.logGroup, warnings: warnings,
            configuration: configuration.json)
    }
}
