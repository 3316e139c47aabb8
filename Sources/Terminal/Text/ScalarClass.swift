/// What becomes of a scalar that is not printable ASCII when text is drawn.
enum ScalarClass {
    case base(DrawnCharacter)
    case mark
    /// Joins the base before it with the one after it, which is not drawn.
    case joiner
    /// Changes the emoji before it.
    case skinTone
    case dropped

    init(_ scalar: UInt32) {
        if CharacterWidth.isPlainLetter(scalar) {
            self = .base(DrawnCharacter(scalar: scalar))
            return
        }
        if CharacterWidth.isWideLetter(scalar) {
            self = .base(DrawnCharacter(scalar: scalar, width: 2))
            return
        }
        switch scalar {
        case 0x0A, 0x2028, 0x2029: self = .base(DrawnCharacter(scalar: 0x23CE))
        case 0x1B: self = .base(DrawnCharacter(scalar: 0x241B))
        case 0..<0x20, 0x7F: self = .base(DrawnCharacter(scalar: 0xB7))
        case 0x80..<0xA0: self = .base(.replacement)
        case 0xA0: self = .base(DrawnCharacter(scalar: 0x20))
        case 0x200D: self = .joiner
        case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x061C: self = .base(.replacement)
        case 0x1F3FB...0x1F3FF: self = .skinTone
        case 0x1F1E6...0x1F1FF: self = .base(DrawnCharacter(scalar: scalar - 0x1F1E6 + 0x41))
        case 0xFE00...0xFE0F, 0xE0000...0xE0FFF, 0x20E3: self = .dropped
        case 0x1160...0x11FF, 0xD7B0...0xD7FF: self = .base(.replacement)
        default: self = Self.byProperties(scalar)
        }
    }

    /// Terminals and C libraries know Unicode up to some version only; beyond 14 their widths differ.
    private static let newestVersion = 14

    private static func byProperties(_ scalar: UInt32) -> ScalarClass {
        guard let properties = Unicode.Scalar(scalar)?.properties else { return .base(.replacement) }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return .mark
        case .format: return .dropped
        case .control, .surrogate, .privateUse, .unassigned: return .base(.replacement)
        case .spaceSeparator: return .base(DrawnCharacter(scalar: 0x20, width: scalar == 0x3000 ? 2 : 1))
        default: break
        }
        guard let age = properties.age, age.major <= newestVersion else { return .base(.replacement) }
        return .base(DrawnCharacter(scalar: scalar, width: CharacterWidth.isWide(scalar) ? 2 : 1))
    }
}
