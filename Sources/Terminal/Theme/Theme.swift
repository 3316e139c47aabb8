/// Colours that belong together.
package struct Theme: Hashable, Sendable {
    package enum Appearance: String, Hashable, Sendable {
        case dark, light
    }

    package var name: String
    package var appearance: Appearance
    package var palette: Palette

    package init(name: String, appearance: Appearance, palette: Palette) {
        self.name = name
        self.appearance = appearance
        self.palette = palette
    }
}
