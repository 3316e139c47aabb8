/// A call to a service of the endpoint, tied to the invocation that made it by its trace header.
package struct ServiceCall: Hashable, Sendable {
    /// `dynamodb`, `lambda`, …
    package var service: String
    /// `PutItem`, …
    package var operation: String
    /// The table, function or queue it was about.
    package var resource: String
    package var status: Int
    package var errorCode: String?
    package var latency: Microseconds
    /// `Root=1-…;Parent=…` with the caller's segment; empty when it sent none.
    package var traceHeader: String
    /// The call's own segment, which the service passes on; empty without a trace.
    package var spanID: String
    package var requestBytes: Int
    package var responseBytes: Int
    /// What a table was charged for it.
    package var usage: TableUsage?

    package init(
        service: String,
        operation: String,
        resource: String = "",
        status: Int = 200,
        errorCode: String? = nil,
        latency: Microseconds,
        traceHeader: String = "",
        spanID: String = "",
        requestBytes: Int = 0,
        responseBytes: Int = 0,
        usage: TableUsage? = nil
    ) {
        self.service = service
        self.operation = operation
        self.resource = resource
        self.status = status
        self.errorCode = errorCode
        self.latency = latency
        self.traceHeader = traceHeader
        self.spanID = spanID
        self.requestBytes = requestBytes
        self.responseBytes = responseBytes
        self.usage = usage
    }
}

/// What one call used of a table.
package struct TableUsage: Hashable, Sendable {
    package var readUnits: Double
    package var writeUnits: Double
    /// Items read or written.
    package var items: Int
    /// The index that was read, if it was not the table itself.
    package var index: String?
    /// The partition key's value as text, at most ``longestKey`` bytes of it; empty for scans.
    package var partitionKey: String

    package static let longestKey = 64

    package init(
        readUnits: Double = 0, writeUnits: Double = 0, items: Int = 0, index: String? = nil, partitionKey: String = ""
    ) {
        self.readUnits = readUnits
        self.writeUnits = writeUnits
        self.items = items
        self.index = index
        self.partitionKey = partitionKey
    }
}
