import Terminal

/// Colours a line of JSON as it is written, also while it is not valid yet.
enum EventInk {
    static func runs(_ line: String) -> [Run] {
        var runs: [Run] = []
        let characters = Array(line)
        var place = 0
        while place < characters.count {
            let end = tokenEnd(characters, from: place)
            let text = String(characters[place..<end])
            runs.append(Run(text, role(text, characters, end)))
            place = end
        }
        return runs
    }

    private static func tokenEnd(_ characters: [Character], from start: Int) -> Int {
        guard characters[start] != "\"" else { return stringEnd(characters, from: start) }
        let isWord = isWordPart(characters[start])
        var end = start + 1
        while end < characters.count, characters[end] != "\"", isWordPart(characters[end]) == isWord { end += 1 }
        return end
    }

    private static func stringEnd(_ characters: [Character], from start: Int) -> Int {
        var end = start + 1
        while end < characters.count, characters[end] != "\"" { end += characters[end] == "\\" ? 2 : 1 }
        return min(end + 1, characters.count)
    }

    private static func isWordPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "+-.".contains(character)
    }

    private static func role(_ token: String, _ characters: [Character], _ end: Int) -> Role {
        guard let first = token.first else { return .text }
        if first == "\"" {
            let next = characters[end...].first { !$0.isWhitespace }
            return next == ":" ? .key : .string
        }
        if ["true", "false", "null"].contains(token) { return .keyword }
        return first.isNumber || first == "-" ? .number : isWordPart(first) ? .error : .dim
    }
}
