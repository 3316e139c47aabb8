import TOMLKit
package import Terminal

extension Theme {
    /// Reads a theme file: a table `colors` of roles to `"#rrggbb"` or `"default"`.
    ///
    /// What is wrong becomes a note; the colour of the dark theme stays in its place.
    ///
    /// - Parameter file: the name of the file, for the notes.
    package init(toml: String, name: String, file: String, notes: inout [String]) {
        let palette = Self.palette(toml: toml, file: file, notes: &notes)
        self.init(name: name, appearance: Self.appearance(of: palette), palette: palette)
    }

    private static func appearance(of palette: Palette) -> Appearance {
        guard case .rgb(let red, let green, let blue) = palette[.text] else { return .dark }
        return Int(red) + Int(green) + Int(blue) < 384 ? .light : .dark
    }

    private static func palette(toml: String, file: String, notes: inout [String]) -> Palette {
        var palette = Theme.dark.palette
        let table: TOMLTable
        do {
            table = try TOMLTable(string: toml)
        } catch {
            notes.append("\(file): not TOML: \(error)")
            return palette
        }
        guard let colors = table["colors"]?.table else {
            notes.append("\(file): there is no table [colors]")
            return palette
        }
        let names = Role.allCases.map { "\($0)" }
        for key in colors.keys where !names.contains(key) {
            notes.append(UnknownKey(key, of: names).note(file: file, text: toml))
        }
        for role in Role.allCases {
            guard let text = colors["\(role)"]?.string else {
                notes.append("\(file): no colour for \(role)")
                continue
            }
            guard let color = Palette.Color(text) else {
                notes.append("\(file): \(role) = \"\(text)\" is neither \"#rrggbb\" nor \"default\"")
                continue
            }
            palette[role] = color
        }
        return palette
    }
}
