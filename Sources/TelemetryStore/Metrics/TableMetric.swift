import Telemetry

/// A metric of `AWS/DynamoDB`.
///
/// - SeeAlso: Amazon DynamoDB Developer Guide, "DynamoDB metrics and dimensions".
enum TableMetric: String, CaseIterable {
    case consumedRead = "ConsumedReadCapacityUnits"
    case consumedWrite = "ConsumedWriteCapacityUnits"
    case latency = "SuccessfulRequestLatency"
    case returned = "ReturnedItemCount"
    case throttled = "ThrottledRequests"
    case conditionFailed = "ConditionalCheckFailedRequests"
    case conflict = "TransactionConflict"
    case systemErrors = "SystemErrors"

    static let namespace = "AWS/DynamoDB"

    static let operations: Set<String> = [
        "PutItem", "GetItem", "UpdateItem", "DeleteItem", "Query", "Scan", "BatchGetItem", "BatchWriteItem",
        "TransactGetItems", "TransactWriteItems", "ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction",
    ]

    private static let throttles: Set<String> = [
        "ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded",
    ]

    var unit: String { self == .latency ? "Milliseconds" : "Count" }

    private var isByOperation: Bool {
        switch self {
        case .latency, .returned, .throttled, .systemErrors: true
        case .consumedRead, .consumedWrite, .conditionFailed, .conflict: false
        }
    }

    func key(_ call: ServiceCall) -> MetricKey {
        let table = CustomMetric.Dimension(name: "TableName", value: call.resource)
        let operation = CustomMetric.Dimension(name: "Operation", value: call.operation)
        return MetricKey(Self.namespace, rawValue, isByOperation ? [operation, table] : [table])
    }

    /// - Returns: `nil` when the call makes no data point.
    func value(_ call: ServiceCall) -> Double? {
        let isGood = call.errorCode == nil && call.status < 400
        switch self {
        case .consumedRead: return call.usage.flatMap { $0.readUnits > 0 && $0.index == nil ? $0.readUnits : nil }
        case .consumedWrite: return call.usage.flatMap { $0.writeUnits > 0 ? $0.writeUnits : nil }
        case .latency: return isGood ? call.latency.milliseconds : nil
        case .returned:
            guard isGood, ["Query", "Scan", "ExecuteStatement"].contains(call.operation) else { return nil }
            return call.usage.map { Double($0.items) }
        case .throttled: return Self.throttles.contains(call.errorCode ?? "") ? 1 : nil
        case .conditionFailed: return call.errorCode == "ConditionalCheckFailedException" ? 1 : nil
        case .conflict: return call.errorCode == "TransactionConflictException" ? 1 : nil
        case .systemErrors: return call.status >= 500 ? 1 : nil
        }
    }

    static func indexKeys(_ table: String, _ index: String) -> [(MetricKey, String)] {
        let dimensions = [
            CustomMetric.Dimension(name: "GlobalSecondaryIndexName", value: index),
            CustomMetric.Dimension(name: "TableName", value: table),
        ]
        return [(MetricKey(namespace, consumedRead.rawValue, dimensions), consumedRead.unit)]
    }

    /// A request that was wrong in itself; told for the whole account, without dimensions.
    static func isUserError(_ call: ServiceCall) -> Bool {
        guard call.status == 400, let code = call.errorCode else { return false }
        return !throttles.contains(code) && code != "ConditionalCheckFailedException"
    }
}
