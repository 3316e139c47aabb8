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
