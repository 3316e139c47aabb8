package import Telemetry

/// What is known of a line besides its bytes.
package struct LineFacts {
    package var time: Timestamp
    package var level: LogLevel
    package var function: String?
    package var group: String
    package var stream: String
    package var requestID: RequestID?

    package init(
        time: Timestamp,
        level: LogLevel,
        function: String? = nil,
        group: String = "",
        stream: String = "",
        requestID: RequestID? = nil
    ) {
        self.time = time
        self.level = level
        self.function = function
        self.group = group
        self.stream = stream
        self.requestID = requestID
    }
}
