package import Terminal

/// What the terminal can show, and what had to be given up.
package struct TerminalCapabilities: Hashable, Sendable {
    package enum Colors: Hashable, Sendable {
        case none, eight, sixteen, indexed, direct
    }

    package var glyphs: Glyphs
    package var colors: Colors
    package var isUTF8: Bool
    /// The name that the terminal is driven by.
    package var name: String
    /// Sentences for the person: what is not as it could be, and how to change it.
    package var notes: [String]
}
