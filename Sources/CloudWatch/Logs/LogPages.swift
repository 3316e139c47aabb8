import TelemetryStore

/// How much of a log goes into one answer.
enum LogPages {
    /// A page has at most 1 MB of messages.
    private static let mostBytes = 1 << 20
    /// What CloudWatch counts for a line besides its message.
    private static let overhead = 26

    /// The first lines that fit into one answer, at least one, and whether some did not.
    static func fitting(_ lines: [LogLine]) -> ([LogLine], isCut: Bool) {
        let count = count(lines)
        return (Array(lines.prefix(count)), count < lines.count)
    }

    /// The last lines that fit into one answer, at least one.
    static func newest(_ lines: [LogLine]) -> [LogLine] { Array(lines.suffix(count(lines.reversed()))) }

    private static func count(_ lines: some Collection<LogLine>) -> Int {
        var bytes = 0
        var count = 0
        for line in lines {
            bytes += line.message.count + overhead
            if bytes > mostBytes, count > 0 { break }
            count += 1
        }
        return count
    }
}
