/// What the word at the end of a filter can become.
enum FilterCompletion {
    static let levels = ["fatal", "error", "warn", "info", "debug", "trace"]
    static let keys = ["fn:", "level>=", "level=", "req:", "stream:", "group:", "since:", "until:"]

    /// - Parameters:
    ///   - text: what stands before the cursor.
    ///   - functions: the names that `fn:` can take.
    /// - Returns: whole words, best first; none when nothing is to be completed.
    static func words(for text: String, functions: [String]) -> [String] {
        let word = lastWord(of: text)
        let sign = word.hasPrefix("-") ? "-" : ""
        let bare = String(word.dropFirst(sign.count))
        let words =
            if let (key, start) = split(bare, at: "fn:") {
                functions.filter { $0.hasPrefix(start) && $0 != start }.map { key + $0 }
            } else if let (key, start) = splitLevel(bare) {
                levels.filter { $0.hasPrefix(start.lowercased()) && $0 != start }.map { key + $0 }
            } else if bare.isEmpty {
                [String]()
            } else {
                keys.filter { $0.hasPrefix(bare.lowercased()) && $0 != bare }
            }
        return words.map { sign + $0 }
    }

    /// The text with its last word completed.
    static func complete(_ text: String, with word: String) -> String {
        String(text.dropLast(lastWord(of: text).count)) + word
    }

    static func lastWord(of text: String) -> String {
        String(text.reversed().prefix { $0 != " " && $0 != "(" }.reversed())
    }

    private static func split(_ word: String, at key: String) -> (key: String, rest: String)? {
        word.hasPrefix(key) ? (key, String(word.dropFirst(key.count))) : nil
    }

    private static func splitLevel(_ word: String) -> (key: String, rest: String)? {
        for key in ["level>=", "level<=", "level>", "level<", "level=", "level:"] {
            if let parts = split(word, at: key) { return parts }
        }
        return nil
    }
}
