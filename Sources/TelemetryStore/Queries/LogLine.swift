package import Telemetry

/// A log line as it is shown or given to a client.
package struct LogLine: Hashable, Sendable {
    /// Grows with every line that the store took; never used twice. Lines are ordered by it.
    package var id: UInt64
    package var time: Timestamp
    package var level: LogLevel
    package var group: String
    package var stream: String
    package var function: String?
    package var requestID: RequestID?
    /// The bytes as they came; not always UTF-8.
    package var message: [UInt8]

    package init(
        id: UInt64,
        time: Timestamp,
        level: LogLevel,
        group: String,
        stream: String,
        function: String? = nil,
        requestID: RequestID? = nil,
        message: [UInt8]
    ) {
        self.id = id
        self.time = time
        self.level = level
        self.group = group
        self.stream = stream
        self.function = function
        self.requestID = requestID
        self.message = message
    }
}
