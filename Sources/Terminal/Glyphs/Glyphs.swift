/// Which characters the terminal has.
package enum Glyphs: Hashable, Sendable, CaseIterable {
    case unicode
    /// Unicode without braille, rounded corners and other rare ones: the Linux console.
    case blocks
    case ascii

    package subscript(glyph: Glyph) -> Unicode.Scalar {
        guard self == .ascii, let twin = Unicode.Scalar(Self.asciiTwin(glyph.scalar.value)) else { return glyph.scalar }
        return twin
    }

    /// What is drawn instead of a character that this terminal has not.
    func shown(_ character: DrawnCharacter) -> DrawnCharacter {
        guard self == .ascii else { return self == .blocks ? Self.withoutRare(character) : character }
        guard character.scalar > 0x7E || character.firstMark != 0 else { return character }
        return DrawnCharacter(scalar: Self.asciiTwin(character.scalar))
    }

    private static func withoutRare(_ character: DrawnCharacter) -> DrawnCharacter {
        switch character.scalar {
        case 0x256D: DrawnCharacter(scalar: 0x250C)
        case 0x256E: DrawnCharacter(scalar: 0x2510)
        case 0x256F: DrawnCharacter(scalar: 0x2518)
        case 0x2570: DrawnCharacter(scalar: 0x2514)
        case 0x2801...0x28FF: DrawnCharacter(scalar: 0x2022)
        default: character
        }
    }

    /// The character that stands for another one where there is only ASCII; `?` when there is none.
    static func asciiTwin(_ scalar: UInt32) -> UInt32 {
        guard scalar > 0x7E else { return scalar }
        if (0x2500...0x257F).contains(scalar) { return boxTwin(scalar) }
        if (0x2581...0x2588).contains(scalar) { return levelTwins[Int(scalar - 0x2581)] }
        if (0x2801...0x28FF).contains(scalar) { return UInt32(UInt8(ascii: "*")) }
        if scalar == 0x2800 { return 0x20 }
        return twins[scalar] ?? UInt32(UInt8(ascii: "?"))
    }

    private static func boxTwin(_ scalar: UInt32) -> UInt32 {
        switch scalar {
        case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x254C, 0x254D, 0x2574, 0x2576: UInt32(UInt8(ascii: "-"))
        case 0x2550: UInt32(UInt8(ascii: "="))
        case 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F, 0x2551, 0x2575, 0x2577:
            UInt32(UInt8(ascii: "|"))
        case 0x2571: UInt32(UInt8(ascii: "/"))
        case 0x2572: UInt32(UInt8(ascii: "\\"))
        default: UInt32(UInt8(ascii: "+"))
        }
    }

    /// Eighths of a cell from the bottom, as characters that get denser.
    private static let levelTwins: [UInt32] = "_.-:=+*#".unicodeScalars.map(\.value)

    private static let twins: [UInt32: UInt32] = {
        let pairs: [(Unicode.Scalar, Unicode.Scalar)] = [
            ("✓", "+"), ("✗", "x"), ("●", "*"), ("◐", "o"), ("○", "."), ("◔", "~"), ("◇", "?"), ("▲", "^"), ("▼", "v"),
            ("▶", ">"), ("◀", "<"), ("▾", "v"), ("▸", ">"), ("↻", "@"), ("❄", "*"), ("⏎", "~"), ("·", "."), ("…", "~"),
            ("→", ">"), ("←", "<"), ("↑", "^"), ("↓", "v"), ("›", ">"), ("■", "#"), ("□", "."), ("▌", ">"), ("▐", "|"),
            ("▏", "|"), ("▎", "|"), ("▍", "|"), ("▋", "#"), ("▊", "#"), ("▉", "#"), ("▀", "#"), ("░", "."), ("▒", ":"),
            ("▓", "#"), ("µ", "u"), ("␛", "^"), ("\u{FFFD}", "?"), ("–", "-"), ("—", "-"), ("‘", "'"), ("’", "'"),
            ("“", "\""), ("”", "\""), ("•", "*"), ("×", "x"), ("≥", ">"), ("≤", "<"), ("≠", "!"), ("≈", "~"),
            ("−", "-"), ("∞", "i"), ("↕", "|"), ("↔", "-"), ("╱", "/"), ("╲", "\\"), ("⇧", "^"), ("◆", "*"),
        ]
        return Dictionary(pairs.map { ($0.0.value, $0.1.value) }) { first, _ in first }
    }()
}
