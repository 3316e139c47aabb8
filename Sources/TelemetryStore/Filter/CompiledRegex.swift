import CSearch

/// A POSIX extended regular expression, compiled for one search.
final class CompiledRegex {
    private let regex: OpaquePointer

    /// - Returns: `nil` when the source is no regular expression, which the filter's parser has ruled out.
    init?(_ source: String, ignoresCase: Bool) {
        guard let regex = cs_regex_make(source, ignoresCase ? 1 : 0, nil, 0) else { return nil }
        self.regex = regex
    }

    deinit { cs_regex_free(regex) }

    func firstMatch(in line: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        var start = 0
        var end = 0
        guard cs_regex_match(regex, line.baseAddress, line.count, &start, &end) != 0, start <= end else { return nil }
        return start..<end
    }

    /// Why the text is no regular expression; `nil` when it is one.
    static func problem(of source: String) -> String? {
        guard !source.utf8.contains(0) else { return "it has a zero byte" }
        guard repetitions(source) <= 1000 else { return "its {} repeat more than 1000 times" }
        guard !hasBackReference(source) else { return "it refers back with \\1 to \\9, which is not supported" }
        var text = [CChar](repeating: 0, count: 200)
        if let regex = cs_regex_make(source, 0, &text, text.count) {
            cs_regex_free(regex)
            return nil
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// How often the counts in braces repeat at most, as if all of them were nested: each copy takes memory.
    private static func repetitions(_ source: String) -> Double {
        source.split(separator: "{").dropFirst().reduce(1) { product, part in
            let counts = part.prefix { $0.isNumber || $0 == "," }.split(separator: ",").compactMap { Double($0) }
            return product * max(counts.max() ?? 1, 1)
        }
    }

    /// Matching those takes time that grows without bound.
    private static func hasBackReference(_ source: String) -> Bool {
        var isEscaped = false
        for byte in source.utf8 {
            if isEscaped, (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(byte) { return true }
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        }
        return false
    }
}
