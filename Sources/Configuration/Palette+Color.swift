package import Terminal

extension Palette.Color {
    /// - Parameter text: `#rrggbb` or `default`; `nil` for anything else.
    package init?(_ text: String) {
        if text == "default" {
            self = .terminalDefault
            return
        }
        let digits = text.utf8.dropFirst()
        guard text.hasPrefix("#"), digits.count == 6, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(text.dropFirst(), radix: 16)
        else { return nil }
        self = .rgb(
            UInt8(truncatingIfNeeded: value >> 16), UInt8(truncatingIfNeeded: value >> 8),
            UInt8(truncatingIfNeeded: value))
    }
}
