import Telemetry

/// What there is in a chunk: times from when to when, which levels, which streams.
struct LogChunkSummary: Sendable {
    /// Microseconds since 1970.
    private(set) var earliest = Int64.max
    private(set) var latest = Int64.min
    /// Places in the store's list of streams.
    var streams: Set<UInt32> = []
    /// Bit n for level n.
    private var levels: UInt8 = 0

    mutating func note(time: Int64, level: UInt8) {
        earliest = min(earliest, time)
        latest = max(latest, time)
        levels |= 1 << level
    }

    func has(_ test: (LogLevel) -> Bool) -> Bool {
        LogLevel.allCases.contains { levels & 1 << $0.rawValue != 0 && test($0) }
    }

    /// Whether lines of the window can be among those of the chunk.
    func overlaps(_ window: TimeWindow?) -> Bool {
        guard let window else { return true }
        return latest >= window.start.microseconds && earliest < window.end.microseconds
    }
}

extension LogMatcher {
    /// Whether the chunk can have matching lines; a cheap look that may say yes for nothing.
    func canMatch(_ summary: LogChunkSummary, _ keys: [StreamKey]) -> Bool {
        terms.allSatisfy { Self.canMatch($0, summary, keys) }
    }

    private static func canMatch(_ term: Term, _ summary: LogChunkSummary, _ keys: [StreamKey]) -> Bool {
        switch term {
        case .since(let start): summary.latest >= start.microseconds
        case .until(let end): summary.earliest < end.microseconds
        case .level(let comparison, let wanted): summary.has { $0 != .none && comparison.holds($0, wanted) }
        case .stream(let test): summary.streams.contains { test(keys[Int($0)]) }
        case .any(let choices): choices.contains { $0.allSatisfy { canMatch($0, summary, keys) } }
        case .nothing: false
        default: true
        }
    }
}
