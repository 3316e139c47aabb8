/// The colour of each role as a theme gives it: what a terminal needs to know.
package struct Palette: Hashable, Sendable {
    /// The terminal's own default, or red, green and blue, 0 to 255 each.
    package enum Color: Hashable, Sendable {
        case terminalDefault
        case rgb(UInt8, UInt8, UInt8)
    }

    private var colors: [Color]

    /// - Parameter color: called once for each role.
    package init(_ color: (Role) -> Color) {
        colors = Role.allCases.map(color)
    }

    package subscript(role: Role) -> Color {
        get { colors[Int(role.rawValue)] }
        set { colors[Int(role.rawValue)] = newValue }
    }
}
