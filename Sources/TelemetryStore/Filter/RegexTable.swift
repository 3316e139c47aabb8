/// The expressions of a pattern, compiled once for a search.
struct RegexTable {
    private let compiled: [String: CompiledRegex]

    init(_ sources: [String]) {
        compiled = sources.reduce(into: [:]) { $0[$1] = CompiledRegex($1, ignoresCase: false) }
    }

    func matches(_ source: String, _ text: String) -> Bool {
        guard let regex = compiled[source] else { return false }
        var text = text
        return text.withUTF8 { regex.firstMatch(in: $0) != nil }
    }
}
