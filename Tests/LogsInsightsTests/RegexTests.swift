import Testing

@testable import LogsInsights

struct RegexTests {
    /// The match and its groups; `nil` when there is none.
    private func find(_ source: String, _ text: String) throws -> [String?]? {
        let regex = try Regex(source)
        let matcher = RegexMatcher()
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { buffer in
            guard matcher.search(regex.program, buffer) else { return nil }
            return (0...regex.groupCount).map { group in
                let (start, end) = (matcher.captures[2 * group], matcher.captures[2 * group + 1])
                return start < 0 ? nil : String(decoding: bytes[start..<end], as: UTF8.self)
            }
        }
    }

    @Test(
        "Matches and their groups",
        arguments: [
            ("abc", "xabcx", ["abc"]), ("a.c", "a\nc abc", ["abc"]), ("(?s)a.c", "a\nc", ["a\nc"]),
            ("a|bc|d", "xbc", ["bc"]),
            ("a*", "", [""]), ("a+?", "aaa", ["a"]), ("a{2,3}", "aaaa", ["aaa"]), ("a{2,3}?", "aaaa", ["aa"]),
            ("a{2}", "a", nil),
            ("(a+)(b*)", "aab", ["aab", "aa", "b"]), ("(a)|(b)", "b", ["b", nil, "b"]), ("(a*)*", "aa", ["aa", "aa"]),
            ("x(.*?)y", "xaybxby", ["xay", "a"]), ("x(.*)y", "xaybxby", ["xaybxby", "aybxb"]),
            ("(?:ab)+", "ababa", ["abab"]),
            ("^b", "ab", nil), ("(?m)^b$", "a\nb\nc", ["b"]), ("b$", "ab\n", ["b"]), ("b\\z", "ab\n", nil),
            ("\\bfoo\\b", "a foo b", ["foo"]),
            ("\\bfoo\\b", "afoo", nil), ("\\Boo", "foo", ["oo"]), ("[a-c]+", "xabcd", ["abc"]),
            ("[^a-c]+", "abxy", ["xy"]),
            ("[]x]+", "]x", ["]x"]), ("[\\d.]+", "v1.2", ["1.2"]), ("[a\\-z]+", "-az", ["-az"]),
            ("\\d+", "ab12", ["12"]),
            ("\\D\\S\\W", "1 a!", [" a!"]), ("\\x41\\u0042\\t", "AB\t", ["AB\t"]), ("(?i)AbC", "aBc", ["aBc"]),
            ("(?i:a)b", "Ab", ["Ab"]),
            ("(?i:a)b", "AB", nil), ("ü+", "grüün", ["üü"]), ("[^x]", "ü", ["ü"]), ("[à-ü]", "ü", ["ü"]),
            (".", "é", ["é"]),
            ("(?<user>\\w+)@(?P<host>\\w+)", "me@here", ["me@here", "me", "here"]), ("a{,2}", "a{,2}", ["a{,2}"]),
            ("{", "{", ["{"]),
            ("\\.\\*\\/", ".*/", [".*/"]), ("(|a)b", "ab", ["ab", "a"]), ("a?a?a?aaa", "aaa", ["aaa"]),
        ] as [(String, String, [String?]?)])
    func matches(_ source: String, _ text: String, _ expected: [String?]?) throws {
        #expect(try find(source, text) == expected)
    }

    @Test("Expressions that make others hang are matched in bounded time")
    func hostile() throws {
        let text = String(repeating: "a", count: 20_000) + "b"
        #expect(try find("(a*)*c", text) == nil)
        #expect(try find("(a|aa)+c", text) == nil)
        #expect(try find("(x+x+)+y", String(repeating: "x", count: 20_000)) == nil)
    }

    @Test(
        "What is not supported is refused by name",
        arguments: [
            ("(", ") is missing"), (")", "without its ("), ("*", "stands before"), ("a**", "repeated"),
            ("[a", "] is missing"),
            ("[z-a]", "low to high"), ("\\", "behind the last"), ("\\q", "not supported"), ("(?=a)", "ahead"),
            ("(?!a)", "ahead"),
            ("(?<!a)", "behind"), ("(?>a)", "atomic"), ("a++", "possessive"), ("(a)\\1", "back"),
            ("a{3,2}", "few to many"),
            ("a{2000}", "1000"), ("(?<a>x)(?<a>y)", "name of its own"), ("(?x)a", "flags"),
            ("[[:alpha:]]", "not supported"),
        ])
    func refused(_ source: String, _ part: String) {
        let error = #expect(throws: RegexError.self) { try Regex(source) }
        #expect(error?.problem.contains(part) == true, "\(error?.problem ?? "")")
    }
}
