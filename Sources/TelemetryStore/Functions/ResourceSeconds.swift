import Telemetry

/// What a function did second by second, by how it was asked for: without a qualifier, by a version, by an alias, and by
/// the versions that an alias led to.
///
/// As long as nobody names a version or an alias there is nothing here: it would be all that the function did.
struct ResourceSeconds: Sendable {
    struct Key: Hashable, Sendable {
        /// Empty without one.
        var qualifier = ""
        /// What ran, for an alias.
        var version: String?
    }

    private(set) var logs: [Key: FunctionSeconds] = [:]
    private var inFlight: [Key: Int] = [:]

    /// Those beyond it are only counted for the function: an application has a few.
    private static let most = 200

    /// - Parameter whole: all that the function did until now.
    mutating func started(_ start: InvocationStart, at time: Timestamp, whole: FunctionSeconds, limit: Int) {
        if logs.isEmpty {
            guard !start.qualifier.isEmpty else {
                inFlight[Key(), default: 0] += 1
                return
            }
            logs[Key()] = whole
        }
        for key in Self.keys(start) where logs[key] != nil || logs.count < Self.most {
            inFlight[key, default: 0] += 1
            let count = min(inFlight[key] ?? 0, limit)
            logs[key, default: FunctionSeconds()].change(at: time) { $0.runs(count) }
        }
    }

    mutating func finished(_ end: InvocationEnd, of start: InvocationStart, at time: Timestamp, limit: Int) {
        guard !logs.isEmpty else {
            inFlight[Key()] = max((inFlight[Key()] ?? 0) - 1, 0)
            return
        }
        for key in Self.keys(start) where logs[key] != nil {
            let before = inFlight[key] ?? 0
            inFlight[key] = max(before - 1, 0)
            let counts = (min(before, limit), min(inFlight[key] ?? 0, limit))
            logs[key]?.change(at: time) { $0.add(end, running: counts.0, after: counts.1) }
        }
    }

    /// An alias has a second one for what it led to.
    private static func keys(_ start: InvocationStart) -> [Key] {
        let key = Key(qualifier: start.qualifier)
        let isAlias =
            !start.qualifier.isEmpty && start.qualifier != "$LATEST"
            && !start.qualifier.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isAlias && !start.version.isEmpty
            ? [key, Key(qualifier: start.qualifier, version: start.version)] : [key]
    }
}
