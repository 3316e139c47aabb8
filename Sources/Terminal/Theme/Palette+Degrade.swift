/// How a cell is shown by a terminal of some depth.
package struct TerminalStyle: Hashable, Sendable {
    package var foreground: TerminalColor
    package var background: TerminalColor
    package var attributes: Style.Attributes
}

extension Palette {
    /// A style in the colours of a terminal, with attributes where colours cannot say it.
    package func terminalStyle(_ style: Style, depth: ColorDepth) -> TerminalStyle {
        var shown = TerminalStyle(
            foreground: self[style.foreground].degraded(to: depth),
            background: self[style.background].degraded(to: depth), attributes: style.attributes)
        switch depth {
        case .none: shown.attributes.formUnion(Self.attributes(of: style))
        case .sixteen: reverseIfInvisible(&shown, style)
        case .twoHundredFiftySix, .direct: break
        }
        if shown.foreground == shown.background, shown.foreground != .terminalDefault {
            shown.foreground = .terminalDefault
        }
        return shown
    }

    /// Dark grounds that differ by a shade become the same black: the selection must still be seen.
    private func reverseIfInvisible(_ shown: inout TerminalStyle, _ style: Style) {
        guard style.background == .selection || style.background == .match else { return }
        guard shown.background == self[.background].degraded(to: .sixteen) || shown.background == .indexed(0) else {
            return
        }
        shown.background = .terminalDefault
        shown.attributes.insert(.reverse)
    }

    private static func attributes(of style: Style) -> Style.Attributes {
        var attributes: Style.Attributes = []
        switch style.background {
        case .selection, .accent: attributes.insert(.reverse)
        case .match: attributes.insert(.underline)
        default: break
        }
        switch style.foreground {
        case .strong, .title, .accent, .focus, .error: attributes.insert(.bold)
        case .dim, .border: attributes.insert(.dim)
        default: break
        }
        return attributes
    }
}
