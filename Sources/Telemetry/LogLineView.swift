/// One line of a log where it lies in memory: for who looks at very many of them.
package struct LogLineView {
    /// The message; valid only while the line is looked at.
    package var message: UnsafeBufferPointer<UInt8>
    package var time: Timestamp
    /// Grows with every line that the store took; never used twice.
    package var id: UInt64
    package var group: String
    package var stream: String
    /// The invocation that wrote it, where that is known.
    package var requestID: RequestID?

    package init(
        message: UnsafeBufferPointer<UInt8>, time: Timestamp, id: UInt64, group: String = "", stream: String = "",
        requestID: RequestID? = nil
    ) {
        self.message = message
        self.time = time
        self.id = id
        self.group = group
        self.stream = stream
        self.requestID = requestID
    }
}
