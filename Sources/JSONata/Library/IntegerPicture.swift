/// A picture of whole numbers: `#,##0`, `A`, `i`, `Ww`, `1;o` (XPath's format-integer).
struct IntegerPicture {
    enum Style {
        case decimal
        case letters
        case roman
        case words
        /// A numbering that is not known.
        case sequence(String)
    }

    enum Case {
        case upper
        case lower
        case title
    }

    struct Separator {
        /// Digits to its right.
        var position: Int
        var character: Unicode.Scalar
    }

    var style: Style
    var letterCase = Case.lower
    var isOrdinal = false
    /// The code of zero in the digits' family.
    var zero: UInt32 = 0x30
    var mandatoryDigits = 0
    var optionalDigits = 0
    var separators: [Separator] = []
    /// Digits between regular separators, or 0.
    var repeatEvery = 0
    /// Digits that are read, where another number follows at once.
    var parsedWidth: Int?

    private static let zeros: [UInt32] = [
        0x30, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
        0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
        0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    ]

    init(_ picture: String) throws(JSONataError) {
        var primary = picture
        if let semicolon = picture.lastIndex(of: ";") {
            primary = String(picture[..<semicolon])
            isOrdinal = picture[picture.index(after: semicolon)...].first == "o"
        }
        style = .decimal
        switch primary {
        case "A": (style, letterCase) = (.letters, .upper)
        case "a": style = .letters
        case "I": (style, letterCase) = (.roman, .upper)
        case "i": style = .roman
        case "W": (style, letterCase) = (.words, .upper)
        case "Ww": (style, letterCase) = (.words, .title)
        case "w": style = .words
        default: try readDecimal(primary)
        }
    }

    private mutating func readDecimal(_ primary: String) throws(JSONataError) {
        var family: UInt32?
        var position = 0
        for scalar in primary.unicodeScalars.reversed() {
            if let zero = Self.zeros.first(where: { ($0...$0 + 9).contains(scalar.value) }) {
                guard family == nil || family == zero else {
                    throw JSONataError(
                        "D3131",
                        "In a decimal digit pattern, all digits must be from the same decimal group")
                }
                family = zero
                mandatoryDigits += 1
                position += 1
            } else if scalar == "#" {
                optionalDigits += 1
                position += 1
            } else {
                separators.append(Separator(position: position, character: scalar))
            }
        }
        guard let family else {
            style = .sequence(primary)
            return
        }
        zero = family
        repeatEvery = Self.regularDistance(separators)
    }

    private static func regularDistance(_ separators: [Separator]) -> Int {
        guard let first = separators.first, separators.allSatisfy({ $0.character == first.character }) else { return 0 }
        return regularDistance(separators.map(\.position))
    }

    /// The distance at which separators stand, if it is always the same.
    static func regularDistance(_ positions: [Int]) -> Int {
        guard !positions.isEmpty else { return 0 }
        let factor = positions.reduce(0) { (left: Int, right: Int) -> Int in
            var (larger, smaller) = (left, right)
            while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
            return larger
        }
        guard factor > 0 else { return 0 }
        for number in 1...positions.count where !positions.contains(number * factor) { return 0 }
        return factor
    }
}
