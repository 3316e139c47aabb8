import Synchronization

/// What one call used of a table.
package struct ServiceUsage: Hashable, Sendable {
    package var readUnits = 0.0
    package var writeUnits = 0.0
    /// Items read or written.
    package var items = 0
    /// The index that was read, if it was not the table itself.
    package var index: String?
    /// The partition key's value as text; empty for scans.
    package var partitionKey = ""

    package init() {}
}

/// Where an operation notes what it used, for callers that want to know.
package final class UsageMeter: Sendable {
    private let noted = Mutex<ServiceUsage?>(nil)

    package init() {}

    /// `nil` when nothing was used.
    package var usage: ServiceUsage? { noted.withLock { $0 } }

    package func note(_ body: (inout ServiceUsage) -> Void) {
        noted.withLock { noted in
            var usage = noted ?? ServiceUsage()
            body(&usage)
            noted = usage
        }
    }
}
