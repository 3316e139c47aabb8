/// The text that every match of an extended regular expression has: what a fast scan looks for first.
enum RegexLiteral {
    /// - Returns: the longest such text in lower case; `nil` when none is easily seen.
    static func longest(in source: String) -> [UInt8]? {
        let bytes = Array(source.utf8)
        // What stands between parentheses or bars may be left out by a match.
        guard !bytes.contains(where: { "|()".utf8.contains($0) }) else { return nil }
        guard !zip(bytes, bytes.dropFirst()).contains(where: isRepeat) else { return nil }
        var best: [UInt8] = []
        var run: [UInt8] = []
        var place = 0
        func close() {
            if run.count > best.count { best = run }
            run = []
        }
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "{"):
                if !run.isEmpty { run.removeLast() }
                close()
                if byte == UInt8(ascii: "{") {
                    place = bytes[place...].firstIndex(of: UInt8(ascii: "}")) ?? bytes.count
                }
            case UInt8(ascii: "["):
                close()
                place = endOfClass(bytes, place)
            case UInt8(ascii: "\\"):
                place += 1
                guard place < bytes.count, !PatternOperand.isPlain(bytes[place]) || bytes[place] == UInt8(ascii: ".")
                else {
                    close()
                    break
                }
                run.append(Glob.lower(bytes[place]))
            case UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "$"), 0x80...: close()
            default: run.append(Glob.lower(byte))
            }
            place += 1
        }
        close()
        return best.count > 2 ? best : nil
    }

    /// The place of the bracket that ends a class; one that stands first is a member.
    private static func endOfClass(_ bytes: [UInt8], _ start: Int) -> Int {
        var place = start + 1
        if place < bytes.count, bytes[place] == UInt8(ascii: "^") { place += 1 }
        if place < bytes.count, bytes[place] == UInt8(ascii: "]") { place += 1 }
        while place < bytes.count, bytes[place] != UInt8(ascii: "]") {
            if bytes[place] == UInt8(ascii: "["), place + 1 < bytes.count, ".:=".utf8.contains(bytes[place + 1]) {
                let mark = bytes[place + 1]
                place += 2
                while place + 1 < bytes.count, !(bytes[place] == mark && bytes[place + 1] == UInt8(ascii: "]")) {
                    place += 1
                }
                place += 1
            }
            place += 1
        }
        return place
    }

    /// `+*` makes optional what `+` did not.
    private static func isRepeat(_ pair: (UInt8, UInt8)) -> Bool {
        "*+?}".utf8.contains(pair.0) && "*+?{".utf8.contains(pair.1)
    }
}
