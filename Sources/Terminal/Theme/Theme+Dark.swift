extension Theme {
    /// The built-in theme: quiet, one blue accent, the terminal's own background.
    package static let dark = Theme(name: "dark", appearance: .dark, palette: Palette(darkColor))

    private static func darkColor(_ role: Role) -> Palette.Color {
        switch role {
        case .background: .terminalDefault
        case .text: .rgb(0xC0, 0xC7, 0xD6)
        case .dim: .rgb(0x6B, 0x75, 0x8C)
        case .strong: .rgb(0xF2, 0xF5, 0xFB)
        case .accent: .rgb(0x7A, 0xA2, 0xF7)
        case .border: .rgb(0x3B, 0x42, 0x54)
        case .focus: .rgb(0x7A, 0xA2, 0xF7)
        case .title: .rgb(0xE4, 0xE9, 0xF4)
        case .bar: .rgb(0x16, 0x1B, 0x26)
        case .selection: .rgb(0x24, 0x2E, 0x42)
        case .popup: .rgb(0x1A, 0x20, 0x2E)
        case .match: .rgb(0x5A, 0x4A, 0x1C)
        case .ok: .rgb(0x8F, 0xD6, 0x8A)
        case .warn: .rgb(0xE0, 0xB0, 0x60)
        case .error: .rgb(0xF7, 0x76, 0x8E)
        case .info: .rgb(0x7D, 0xCF, 0xFF)
        default: darkChartColor(role)
        }
    }

    private static func darkChartColor(_ role: Role) -> Palette.Color {
        switch role {
        case .key: .rgb(0x7A, 0xA2, 0xF7)
        case .string: .rgb(0x9E, 0xCE, 0x6A)
        case .number: .rgb(0xE0, 0xAF, 0x68)
        case .keyword: .rgb(0xBB, 0x9A, 0xF7)
        case .series1: .rgb(0x56, 0xB6, 0xA5)
        case .series2: .rgb(0xE0, 0xB0, 0x60)
        case .series3: .rgb(0xF7, 0x76, 0x8E)
        case .series4: .rgb(0x7A, 0xA2, 0xF7)
        case .series5: .rgb(0xBB, 0x9A, 0xF7)
        case .series6: .rgb(0x9A, 0xA5, 0xCE)
        case .heat0: .rgb(0x1F, 0x33, 0x4D)
        case .heat1: .rgb(0x22, 0x4A, 0x66)
        case .heat2: .rgb(0x29, 0x66, 0x7D)
        case .heat3: .rgb(0x4A, 0x9D, 0x8F)
        case .heat4: .rgb(0x8F, 0xAE, 0x6A)
        case .heat5: .rgb(0xC8, 0xB0, 0x58)
        case .heat6: .rgb(0xE8, 0x9F, 0x4A)
        case .heat7: .rgb(0xF7, 0x76, 0x8E)
        default: .terminalDefault
        }
    }
}
