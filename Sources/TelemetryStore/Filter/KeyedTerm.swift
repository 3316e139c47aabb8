import Telemetry

/// A term that names what it looks at: `fn:process-*`, `level>=warn`, `since:10m`.
struct KeyedTerm {
    let key: String
    /// The whole word, key included.
    let word: String
    let offset: Int

    func term() throws(LogFilterError) -> LogFilter.Term {
        if key == "level" { return try level() }
        let value = String(word.dropFirst(key.count + 1))
        guard !value.isEmpty else { throw error("\(key): needs a value") }
        switch key {
        case "fn", "function": return .function(try globs(value))
        case "stream": return .stream(try globs(value))
        case "group": return .group(try globs(value))
        case "req", "request": return try request(value)
        case "since": return .since(try moment(value))
        default: return .until(try moment(value))
        }
    }

    private func globs(_ value: String) throws(LogFilterError) -> [Glob] {
        let names = value.split(separator: ",").map { Glob($0) }
        guard !names.isEmpty else { throw error("\(key): needs a value") }
        return names
    }

    private func level() throws(LogFilterError) -> LogFilter.Term {
        var rest = word.dropFirst("level".count)
        let comparison: LogFilter.Comparison
        if rest.hasPrefix(":") {
            comparison = .equal
            rest = rest.dropFirst()
        } else if let found = LogFilter.Comparison.allCases.first(where: { rest.hasPrefix($0.rawValue) }) {
            comparison = found
            rest = rest.dropFirst(found.rawValue.count)
        } else {
            throw error("after level comes one of >= > = < <= !=")
        }
        guard let level = LogLevel(name: rest) else {
            let names = LogLevel.allCases.dropFirst().map(\.name).joined(separator: " ")
            throw error(rest.isEmpty ? "level needs one of \(names)" : "\(rest) is no level; levels are \(names)")
        }
        return .level(comparison, level)
    }

    private func request(_ value: String) throws(LogFilterError) -> LogFilter.Term {
        let text = value.lowercased()
        guard text.utf8.count <= 36, text.allSatisfy({ $0.isHexDigit || $0 == "-" }) else {
            throw error("\(value) is not the beginning of a request id")
        }
        return .request(text)
    }

    private func moment(_ value: String) throws(LogFilterError) -> LogFilter.Moment {
        if let span = Self.span(value) { return .ago(span) }
        if let time = MomentText.timestamp(value) { return .at(time) }
        throw error("\(value) is no time; write 10m, 2h, 12:04, 12:04:31 or 2026-01-31T12:04:31Z")
    }

    /// `90s`, `10m`, `2h`, `1d`.
    private static func span(_ text: String) -> Microseconds? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count >= 0 else {
            return nil
        }
        guard count <= 10_000_000 else { return nil }
        return .seconds(count * unit)
    }

    private func error(_ message: String) -> LogFilterError { LogFilterError(message: message, offset: offset) }
}
