package import JSON

/// A function as it is deployed.
package struct FunctionDescription: Hashable, Sendable {
    package var name: String
    package var arn: String
    package var runtime: String
    package var handler: String
    package var memoryMiB: Int
    package var timeout: Microseconds
    /// `nil` when nothing is reserved.
    package var reservedConcurrency: Int?
    package var logGroup: String
    /// What calls it: `POST /order`, `order-flow`, …
    package var triggers: [String]
    /// Why it runs differently than asked for, for instance another interpreter version.
    package var warnings: [String]
    /// The whole configuration, as `GetFunctionConfiguration` gives it.
    package var configuration: JSON

    package init(
        name: String,
        arn: String = "",
        runtime: String = "",
        handler: String = "",
        memoryMiB: Int = 128,
        timeout: Microseconds = .seconds(3),
        reservedConcurrency: Int? = nil,
        logGroup: String? = nil,
        triggers: [String] = [],
        warnings: [String] = [],
        configuration: JSON = .null
    ) {
        self.name = name
        self.arn = arn
        self.runtime = runtime
        self.handler = handler
        self.memoryMiB = memoryMiB
        self.timeout = timeout
        self.reservedConcurrency = reservedConcurrency
        self.logGroup = logGroup ?? "/aws/lambda/\(name)"
        self.triggers = triggers
        self.warnings = warnings
        self.configuration = configuration
    }
}
