/// Numbers as JSON and logs write them: no `nan`, no `inf`, no hexadecimal digits.
enum FilterNumber {
    static func value(_ text: String) -> Double? {
        guard text.utf8.count <= 64, text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }
}
