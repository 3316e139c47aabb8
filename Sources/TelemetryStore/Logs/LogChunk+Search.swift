import CSearch
import Telemetry

extension LogChunk {
    /// The lines that match, in order.
    func matches(_ matcher: LogMatcher, _ streams: [StreamKey]) -> [Int] {
        guard !matcher.matchesEverything else { return Array(0..<count) }
        guard matcher.canMatch(summary, streams) else { return [] }
        var accepted: [UInt32: Bool] = [:]
        func isAccepted(_ stream: UInt32) -> Bool {
            if let known = accepted[stream] { return known }
            let result = matcher.accepts(streams[Int(stream)])
            accepted[stream] = result
            return result
        }
        return bytes.withUnsafeBufferPointer { buffer in
            func holds(_ index: Int) -> Bool {
                guard isAccepted(self.streams[index]) else { return false }
                return matcher.matches(
                    UnsafeBufferPointer(rebasing: buffer[range(index)]),
                    time: Timestamp(microseconds: times[index]),
                    level: LogLevel(rawValue: levels[index]) ?? .none,
                    stream: streams[Int(self.streams[index])],
                    requestID: requestID(index)
                )
            }
            guard let needle = matcher.needle else { return (0..<count).filter(holds) }
            return candidates(needle, buffer).filter(holds)
        }
    }

    /// The lines that have the text, found by one scan over all bytes.
    func candidates(_ needle: [UInt8], _ buffer: UnsafeBufferPointer<UInt8>) -> [Int] {
        guard let base = buffer.baseAddress else { return [] }
        var lines: [Int] = []
        var offset = 0
        while offset < buffer.count {
            let found = cs_find_folded(base + offset, buffer.count - offset, needle, needle.count)
            guard found >= 0 else { break }
            let start = offset + found
            let line = line(at: start)
            let end = Int(ends[line])
            if start + needle.count <= end {
                lines.append(line)
                offset = end
            } else {
                offset = start + 1
            }
        }
        return lines
    }

    /// How many of the lines are from which second, and how grave they are.
    func tally(_ lines: some Collection<Int>) -> LogTally {
        var tally = LogTally()
        for line in lines { tally.add(second: times[line] / 1_000_000, level: levels[line]) }
        return tally
    }
}

/// Counts of lines by second and graveness.
struct LogTally: Sendable {
    struct Second: Sendable {
        var second: Int64
        var errors: UInt32 = 0
        var warnings: UInt32 = 0
        var others: UInt32 = 0
    }

    private(set) var seconds: [Second] = []
    private(set) var count = 0

    mutating func add(second: Int64, level: UInt8) {
        if seconds.last?.second != second { seconds.append(Second(second: second)) }
        count += 1
        switch level {
        case LogLevel.error.rawValue...: seconds[seconds.count - 1].errors += 1
        case LogLevel.warn.rawValue: seconds[seconds.count - 1].warnings += 1
        default: seconds[seconds.count - 1].others += 1
        }
    }
}
