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
        var text = [CChar](repeating: 0, count: 200)
        if let regex = cs_regex_make(source, 0, &text, text.count) {
            cs_regex_free(regex)
            return nil
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
