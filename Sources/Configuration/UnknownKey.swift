/// A key that means nothing, and the one that was probably meant.
struct UnknownKey {
    let key: String
    let suggestion: String?

    init(_ key: String, of known: [String]) {
        self.key = key
        let nearest = known.map { ($0, Self.distance(key, $0)) }.min { $0.1 < $1.1 }
        suggestion = nearest.flatMap { $0.1 <= max(2, key.count / 3) ? $0.0 : nil }
    }

    /// - Parameter text: the text of the file, to find the line in.
    func note(file: String, text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = lines.firstIndex { $0.drop { " \t\"[".contains($0) }.hasPrefix(key) }
        let place = line.map { "\(file):\($0 + 1)" } ?? file
        return "\(place): unknown key \(key.prefix(80))" + (suggestion.map { "; did you mean \($0)?" } ?? "")
    }

    /// How many letters differ (Levenshtein); long keys count as entirely different.
    private static func distance(_ one: String, _ other: String) -> Int {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count <= 64 else { return one.count }
        var row = Array(0...other.count)
        for (place, letter) in one.enumerated() {
            var diagonal = row[0]
            row[0] = place + 1
            for column in other.indices {
                let changed = diagonal + (letter == other[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(changed, diagonal + 1, row[column] + 1)
            }
        }
        return row[other.count]
    }
}
