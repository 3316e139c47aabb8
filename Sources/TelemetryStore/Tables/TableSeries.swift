import Telemetry

/// What one operation did on a table or one of its indexes in one second.
struct TableSecond: SecondKept {
    let second: Int64
    var calls = 0
    var items = 0
    var readUnits = 0.0
    var writeUnits = 0.0
    var throttles = 0
    var conditionalFailures = 0
    /// Failures that are none of these.
    var errors = 0
    var durations: [UInt32] = []

    init(second: Int64) { self.second = second }

    mutating func take(_ call: ServiceCall) {
        calls += 1
        durations.append(call.latency.compact)
        if let usage = call.usage {
            items = items.addingReportingOverflow(usage.items).partialValue
            readUnits += usage.readUnits
            writeUnits += usage.writeUnits
        }
        guard call.status >= 400 else { return }
        switch call.errorCode {
        case "ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded": throttles += 1
        case "ConditionalCheckFailedException": conditionalFailures += 1
        default: errors += 1
        }
    }
}

/// One operation on a table or one of its indexes.
struct TableSeries: Sendable {
    let operation: String
    let index: String?
    let kind: TableOperationKind
    var seconds = SecondLog<TableSecond>()

    init(operation: String, index: String?) {
        self.operation = operation
        self.index = index
        kind = TableOperationKind(operation)
    }
}

/// What an operation does with a table.
package enum TableOperationKind: Hashable, Sendable {
    case read, write
    /// Describes or changes the table itself, or a statement that may do either.
    case other

    package init(_ operation: String) {
        switch operation {
        case "GetItem", "Query", "Scan", "BatchGetItem", "TransactGetItems": self = .read
        case "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems": self = .write
        default: self = .other
        }
    }
}
