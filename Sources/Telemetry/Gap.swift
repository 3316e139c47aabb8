/// Something that a source lost or could not see.
package struct Gap: Hashable, Sendable {
    /// The source: `local`, `http://localhost:4566`, …
    package var source: String
    /// `disconnected`, `buffer full`, `log over its cap`, …
    package var reason: String
    /// How many events of which kind (`log`, `invocation`, …) are missing; empty when that is not known.
    package var lost: [String: Int]
    package var start: Timestamp
    /// `nil` while it lasts.
    package var end: Timestamp?

    package init(source: String, reason: String, lost: [String: Int] = [:], start: Timestamp, end: Timestamp? = nil) {
        self.source = source
        self.reason = reason
        self.lost = lost
        self.start = start
        self.end = end
    }
}
