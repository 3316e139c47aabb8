/// What a query found.
package struct InsightsResult: Hashable, Sendable {
    /// The names of the columns, the pointer not among them.
    package var columns: [String] = []
    package var rows: [Row] = []
    package var recordsMatched = 0
    /// Why it has no answer.
    package var failure: String?
    /// The column that is a span of time, as `bin` makes it.
    package var timeColumn: Int?

    package struct Row: Hashable, Sendable {
        /// As texts, `nil` where the row has no value.
        package var values: [String?]
        /// Names the line, for rows that are lines.
        package var pointer: String?
        /// Milliseconds since 1970 of ``InsightsResult/timeColumn``.
        package var time: Int64?

        package init(values: [String?], pointer: String? = nil, time: Int64? = nil) {
            self.values = values
            self.pointer = pointer
            self.time = time
        }
    }

    package init() {}
}
