/// Why a query is not understood or not served, and where.
package struct InsightsError: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String
    /// The bytes of the query that are meant.
    package let range: Range<Int>

    package var description: String { message }

    init(_ message: String, at range: Range<Int>) {
        self.message = message
        self.range = range
    }
}
