import ArgumentParser

/// Spans of time as a person writes them: `90s`, `15m`, `1h`.
enum TimeText {
    /// - Throws: `ValidationError` that shows how to write it.
    static func seconds(_ text: String) throws -> Int {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        let unit = text.last.flatMap { units[$0] }
        guard let count = Int(unit == nil ? text[...] : text.dropLast()), count > 0, count < 1_000_000 else {
            throw ValidationError("\(text) is no span of time; write 90s, 15m or 1h.")
        }
        return count * (unit ?? 1)
    }
}
