import Glibc

/// A regular expression as templates and selection patterns have them: POSIX's extended ones with Java's `\d`, `\D`,
/// `(?:`, `(?i)` and `(?s)` at the start, and `.` that stops at a line's end.
///
/// Look-around, back references and lazy repetition are refused. Matching time grows with the text, not beyond bounds.
package final class Pattern {
    private var regex = regex_t()

    /// - Throws: ``VelocityError`` that names what is not supported or where it is wrong.
    package init(_ source: String) throws(VelocityError) {
        let (translated, flags) = try Self.translated(source)
        let status = regcomp(&regex, translated, REG_EXTENDED | flags)
        guard status == 0 else {
            // Nothing is allocated by a failed compilation, but the instance is whole: make it an empty expression.
            _ = regcomp(&regex, "", REG_EXTENDED)
            throw VelocityError("\(source) is no regular expression that can be read here")
        }
    }

    deinit { regfree(&regex) }

    private static func translated(_ source: String) throws(VelocityError) -> (String, Int32) {
        guard source.utf8.count <= 4096, !source.utf8.contains(0) else {
            throw VelocityError("a regular expression has at most 4096 bytes and no zero byte")
        }
        guard repetitions(source) <= 1000 else { throw VelocityError("the counts in \(source) repeat too often") }
        var source = source[...]
        var flags: Int32 = 0
        var isAnyLine = false
        while let option = ["(?i)", "(?s)", "(?is)", "(?si)"].first(where: { source.hasPrefix($0) }) {
            source = source.dropFirst(option.count)
            if option.contains("i") { flags |= REG_ICASE }
            if option.contains("s") { isAnyLine = true }
        }
        var result = ""
        var characters = source.makeIterator()
        var next = characters.next()
        var isInBrackets = false
        while let character = next {
            next = characters.next()
            switch character {
            case "\\":
                guard let escaped = next else { throw VelocityError("\(source) ends with a backslash") }
                guard !("1"..."9").contains(escaped) else {
                    throw VelocityError("\(source) refers back, which is not supported")
                }
                result += try escape(escaped, isInBrackets)
                next = characters.next()
            case "[" where !isInBrackets:
                isInBrackets = true
                result += "["
                if next == "^" {
                    result += "^"
                    next = characters.next()
                }
                if next == "]" {
                    result += "]"
                    next = characters.next()
                }
            case "]" where isInBrackets:
                isInBrackets = false
                result += "]"
            case "." where !isInBrackets: result += isAnyLine ? "." : "[^\n]"
            case "(" where !isInBrackets && next == "?":
                guard characters.next() == ":" else {
                    throw VelocityError("\(source) looks around, which is not supported")
                }
                next = characters.next()
                result += "("
            case "?" where !isInBrackets && (result.last == "*" || result.last == "+"):
                throw VelocityError("\(source) repeats lazily, which is not supported")
            default: result.append(character)
            }
        }
        return (result, flags)
    }

    private static func escape(_ character: Character, _ isInBrackets: Bool) throws(VelocityError) -> String {
        switch character {
        case "d": isInBrackets ? "0-9" : "[0-9]"
        case "w": isInBrackets ? "a-zA-Z0-9_" : "[a-zA-Z0-9_]"
        case "s": isInBrackets ? " \t\n\r" : "[ \t\n\r]"
        case "D" where !isInBrackets: "[^0-9]"
        case "W" where !isInBrackets: "[^a-zA-Z0-9_]"
        case "S" where !isInBrackets: "[^ \t\n\r]"
        case "n": "\n"
        case "r": "\r"
        case "t": "\t"
        case _ where character.isLetter && character != "b": throw VelocityError("\\\(character) is not supported")
        case "\\" where isInBrackets: "\\"
        case _ where isInBrackets: String(character)
        default: "\\\(character)"
        }
    }

    /// How often the counts in braces repeat at most, as if all of them were nested: each copy takes memory.
    private static func repetitions(_ source: String) -> Double {
        source.split(separator: "{").dropFirst().reduce(1) { product, part in
            let counts = part.prefix { $0.isNumber || $0 == "," }.split(separator: ",").compactMap { Double($0) }
            return product * max(counts.max() ?? 1, 1)
        }
    }

    /// Whether the whole text matches.
    package func matches(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        // The leftmost-longest match of POSIX is the whole text if any match is.
        return match(bytes, from: 0).first.map { $0 == 0..<bytes.count } ?? false
    }

    /// Whether the text matches somewhere.
    package func isFound(in text: String) -> Bool { !match(Array(text.utf8), from: 0).isEmpty }

    /// The match and its groups; empty when there is none. A group that took no part is an empty range.
    private func match(_ bytes: [UInt8], from start: Int) -> [Range<Int>] {
        var groups = [regmatch_t](repeating: regmatch_t(rm_so: -1, rm_eo: -1), count: 10)
        guard let first = regoff_t(exactly: start), let end = regoff_t(exactly: bytes.count) else { return [] }
        groups[0] = regmatch_t(rm_so: first, rm_eo: end)
        let flags = REG_STARTEND | (start > 0 ? REG_NOTBOL : 0)
        let status = (bytes + [0]).withUnsafeBytes { buffer in
            regexec(&regex, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), groups.count, &groups, flags)
        }
        guard status == 0 else { return [] }
        return groups.map { $0.rm_so < 0 ? 0..<0 : Int($0.rm_so)..<max(Int($0.rm_so), Int($0.rm_eo)) }
    }

    /// All matches, from left to right; an empty one moves on by a byte.
    private func matches(in bytes: [UInt8], most: Int) -> [[Range<Int>]] {
        var found: [[Range<Int>]] = []
        var start = 0
        while start <= bytes.count, found.count < most {
            let match = match(bytes, from: start)
            guard let whole = match.first else { break }
            found.append(match)
            start = whole.isEmpty ? whole.upperBound + 1 : whole.upperBound
        }
        return found
    }

    /// Java's `replaceAll`: `$1` is a group, a backslash keeps what follows.
    func replacing(in text: String, with replacement: String, isFirstOnly: Bool) throws(VelocityError) -> String {
        let bytes = Array(text.utf8)
        let replacement = Array(replacement.utf8)
        var result: [UInt8] = []
        var start = 0
        for match in matches(in: bytes, most: isFirstOnly ? 1 : Limits.elements) {
            guard let whole = match.first else { continue }
            result += bytes[start..<whole.lowerBound]
            var place = 0
            while place < replacement.count {
                let byte = replacement[place]
                place += 1
                if byte == UInt8(ascii: "\\"), place < replacement.count {
                    result.append(replacement[place])
                    place += 1
                } else if byte == UInt8(ascii: "$"), place < replacement.count, Parser.isDigit(replacement[place]) {
                    result += bytes[match[Int(replacement[place] - UInt8(ascii: "0"))]]
                    place += 1
                } else {
                    result.append(byte)
                }
            }
            start = whole.upperBound
            guard result.count <= Limits.text else {
                throw VelocityError("a string has more than \(Limits.text) bytes")
            }
        }
        return try StringMethods.limited(String(decoding: result + bytes[start...], as: UTF8.self))
    }

    /// Java's `split`: without a limit empty strings at the end are left out.
    func split(_ text: String, limit: Int) -> [String] {
        let bytes = Array(text.utf8)
        var parts: [String] = []
        var start = 0
        for match in matches(in: bytes, most: limit > 0 ? limit - 1 : Limits.elements) {
            guard let whole = match.first, whole.upperBound > 0, whole.lowerBound < bytes.count || !whole.isEmpty else {
                continue
            }
            parts.append(String(decoding: bytes[start..<whole.lowerBound], as: UTF8.self))
            start = whole.upperBound
        }
        parts.append(String(decoding: bytes[start...], as: UTF8.self))
        if limit == 0 { while parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() } }
        return parts
    }
}
