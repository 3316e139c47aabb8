/// Measures of text as it is drawn.
package enum Text {
    /// The columns that the text takes, after what is unsafe is replaced.
    package static func width(_ text: String) -> Int {
        if let width = asciiWidth(text.utf8) { return width }
        return withBytes(of: text) { width(of: $0) }
    }

    /// The columns that UTF-8 takes.
    package static func width(_ bytes: [UInt8]) -> Int {
        if let width = asciiWidth(bytes) { return width }
        return bytes.withUnsafeBufferPointer { width(of: $0) }
    }

    /// The text cut to a width, with `…` (or its ASCII twin when drawn so) at the end when something was cut.
    package static func cut(_ text: String, to columns: Int) -> String {
        guard width(text) > columns else { return text }
        guard columns > 0 else { return "" }
        var kept = ""
        var used = 0
        for character in text {
            let next = width(String(character))
            guard used + next <= columns - 1 else { break }
            kept.append(character)
            used += next
        }
        return kept + "…"
    }

    private static func asciiWidth(_ bytes: some Sequence<UInt8>) -> Int? {
        var count = 0
        for byte in bytes {
            guard byte >= 0x20, byte < 0x7F else { return nil }
            count += 1
        }
        return count
    }

    private static func width(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var reader = CharacterReader(bytes)
        var columns = 0
        while let character = reader.next() { columns += character.width }
        return columns
    }

    static func withBytes<Result>(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
        return Array(text.utf8).withUnsafeBufferPointer(body)
    }
}
