/// Log lines of one stream, oldest first, as bytes: any bytes but a line feed at the end.
///
/// All messages stand in one buffer, so that a batch of a thousand lines is a handful of allocations.
package struct LogBatch: Hashable, Sendable {
    package var group: String
    package var stream: String
    /// `nil` for lines that no function wrote.
    package var function: String?
    /// The messages one after another, with nothing between them.
    package private(set) var bytes: [UInt8]
    package private(set) var entries: [Entry]

    package struct Entry: Hashable, Sendable {
        package var time: Timestamp
        /// Where the message ends in ``LogBatch/bytes``; it begins where the one before it ends.
        package var end: Int
        /// The invocation that wrote it, where that can be known.
        package var requestID: RequestID?
    }

    package init(group: String, stream: String, function: String? = nil) {
        self.group = group
        self.stream = stream
        self.function = function
        bytes = []
        entries = []
    }

    package var count: Int { entries.count }

    package mutating func append(_ message: some Sequence<UInt8>, at time: Timestamp, requestID: RequestID? = nil) {
        bytes.append(contentsOf: message)
        entries.append(Entry(time: time, end: bytes.count, requestID: requestID))
    }

    /// Where the message of an entry stands in ``bytes``.
    package func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : entries[index - 1].end)..<entries[index].end
    }

    package func message(_ index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }
}
