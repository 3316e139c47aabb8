import Terminal

/// Colours of a query: commands, texts and comments.
enum InsightsInk {
    private static let commands: Set<String> = [
        "fields", "display", "filter", "parse", "stats", "sort", "limit", "dedup", "by", "as", "and", "or", "not",
        "like",
        "in", "asc", "desc",
    ]

    static func runs(_ line: String) -> [Run] {
        var runs: [Run] = []
        var rest = line[...]
        while let first = rest.first {
            let (text, role) = piece(rest, first)
            runs.append(Run(String(text), role))
            rest = rest.dropFirst(text.count)
        }
        return runs
    }

    private static func piece(_ rest: Substring, _ first: Character) -> (Substring, Role) {
        if first == "#" { return (rest, .dim) }
        if first == "\"" || first == "'" {
            let inside = rest.dropFirst().prefix { $0 != first }
            return (rest.prefix(inside.count + 2), .ok)
        }
        if first.isNumber { return (rest.prefix { $0.isNumber || $0 == "." || $0.isLetter }, .info) }
        guard first.isLetter || first == "@" || first == "_" else {
            return (rest.prefix(1), first == "|" ? .accent : .dim)
        }
        let word = rest.prefix { $0.isLetter || $0.isNumber || "@_.".contains($0) }
        return (word, commands.contains(word.lowercased()) ? .accent : .text)
    }
}
