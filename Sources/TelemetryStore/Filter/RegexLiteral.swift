/// The text that every match of an extended regular expression has: what a fast scan looks for first.
enum RegexLiteral {
    /// - Returns: the longest such text in lower case; `nil` when none is easily seen.
    static func longest(in source: String) -> [UInt8]? {
        // What stands between brackets, parentheses or bars may be left out by a match.
        guard !source.utf8.contains(where: { "|()[]\\{}".utf8.contains($0) }) else { return nil }
        guard !zip(source.utf8, source.utf8.dropFirst()).contains(where: isRepeat) else { return nil }
        var best: [UInt8] = []
        var run: [UInt8] = []
        for byte in source.utf8 {
            switch byte {
            case UInt8(ascii: "*"), UInt8(ascii: "?"):
                if !run.isEmpty { run.removeLast() }
                (best, run) = (longer(best, run), [])
            case UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "$"), 0x80...:
                (best, run) = (longer(best, run), [])
            default: run.append(Glob.lower(byte))
            }
        }
        best = longer(best, run)
        return best.count > 2 ? best : nil
    }

    /// `+*` makes optional what `+` did not.
    private static func isRepeat(_ pair: (UInt8, UInt8)) -> Bool {
        "*+?".utf8.contains(pair.0) && "*+?".utf8.contains(pair.1)
    }

    private static func longer(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        right.count > left.count ? right : left
    }
}
