import AWSCore
import JSON

enum PutRetentionPolicy: ServiceOperation {
    static let name = "PutRetentionPolicy"

    /// The only periods that there are (API Reference, "PutRetentionPolicy").
    private static let periods = [
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ]

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        guard let days = input["retentionInDays"]?.int, periods.contains(days) else {
            let value = input["retentionInDays"].map { " '\($0.text)'" } ?? ""
            throw LogsInput.invalid(
                "1 validation error detected: Value\(value) at 'retentionInDays' failed to satisfy constraint: "
                    + "Member must satisfy enum value set: [\(periods.map(String.init).joined(separator: ", "))]")
        }
        try await context.require(group)
        await context.groups.change(group) { $0.retentionDays = days }
        return .null
    }
}

enum DeleteRetentionPolicy: ServiceOperation {
    static let name = "DeleteRetentionPolicy"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        try await context.require(group)
        await context.groups.change(group) { $0.retentionDays = nil }
        return .null
    }
}
