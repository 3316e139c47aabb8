package import Telemetry

/// Which lines of the log are asked for: a page of matches before or after a place.
package struct LogQuery: Hashable, Sendable {
    package var filter: LogFilter
    /// Only lines in here, when given.
    package var window: TimeWindow?
    package var anchor: Anchor
    /// How many matching lines to give.
    package var limit: Int
    /// Lines around each match that are given as well, marked as no match.
    package var context: Int

    package enum Anchor: Hashable, Sendable {
        /// The newest lines.
        case newest
        /// The oldest lines.
        case oldest
        /// Lines with ids below this one, the nearest ones.
        case before(UInt64)
        /// Lines with ids above this one, the nearest ones.
        case after(UInt64)
        /// Half before, half from this one on.
        case around(UInt64)
    }

    package init(
        filter: LogFilter = LogFilter(),
        window: TimeWindow? = nil,
        anchor: Anchor = .newest,
        limit: Int = 200,
        context: Int = 0
    ) {
        self.filter = filter
        self.window = window
        self.anchor = anchor
        self.limit = limit
        self.context = context
    }
}

/// A page of lines, oldest first.
package struct LogPage: Hashable, Sendable {
    package var lines: [LogLine] = []
    /// Ids of ``lines`` that are there only as context.
    package var contextIDs: Set<UInt64> = []
    /// Matching lines before the first and after the last of the page exist.
    package var hasBefore = false
    package var hasAfter = false

    package init() {}
}

/// How many lines match, and when: counted over the whole store.
package struct LogVolume: Hashable, Sendable {
    package var window: TimeWindow
    package var matching = 0
    package var total = 0
    /// Matching lines for each span of the window, by graveness.
    package var buckets: [Bucket] = []
    /// Counting still goes on; 0 to 1.
    package var progress = 1.0

    package struct Bucket: Hashable, Sendable {
        package var start: Timestamp
        package var errors = 0
        package var warnings = 0
        package var others = 0

        package init(start: Timestamp) { self.start = start }
    }

    package init(window: TimeWindow) { self.window = window }
}
