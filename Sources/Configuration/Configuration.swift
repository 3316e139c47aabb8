package import Terminal

/// The settings in force, the palette they lead to, and what was wrong with the files.
package struct Configuration: Hashable, Sendable {
    package let settings: Settings
    package let palette: Palette
    /// The themes that were found, by name; the one in force among them.
    package let themes: [Theme]
    /// Sentences for the person; a bad file never keeps the program from starting.
    package let notes: [String]

    /// Reads the user's file, the folder's file and the environment, the later ones being stronger.
    ///
    /// - Parameters:
    ///   - variable: a variable of the environment.
    ///   - executable: the folder of the executable, for the themes installed with it.
    ///   - theme: the name of a theme that is stronger than all, as from the command line.
    package init(variable: (String) -> String?, executable: String? = nil, theme: String? = nil) {
        var settings = Settings()
        var notes: [String] = []
        let home = Self.folder(variable)
        for path in [home.map { "\($0)/config.toml" }, ".fntop.toml"].compactMap({ $0 }) {
            guard let text = SmallFile.text(path) else { continue }
            settings.apply(toml: text, file: path, notes: &notes)
        }
        settings.apply(environment: variable, notes: &notes)
        if let theme { settings.theme = theme }
        let folders = [home.map { "\($0)/themes" }, "Themes", executable.map { "\($0)/../share/fntop/themes" }]
        var palette = Self.theme(settings.theme, in: folders.compactMap { $0 }, notes: &notes).palette
        for (role, color) in settings.colors { palette[role] = color }
        self.settings = settings
        self.palette = palette
        themes = Self.allThemes(in: folders.compactMap { $0 })
        self.notes = notes
    }

    /// Those of earlier folders hide later ones of the same name.
    private static func allThemes(in folders: [String]) -> [Theme] {
        var found: [String: Theme] = [Theme.dark.name: .dark]
        for folder in folders.reversed() {
            for file in SmallFile.names(in: folder) where file.hasSuffix(".toml") {
                guard let text = SmallFile.text("\(folder)/\(file)") else { continue }
                let name = String(file.dropLast(".toml".count))
                var notes: [String] = []
                found[name] = Theme(toml: text, name: name, file: file, notes: &notes)
            }
        }
        return found.values.sorted { $0.name < $1.name }
    }

    private static func folder(_ variable: (String) -> String?) -> String? {
        if let path = variable("XDG_CONFIG_HOME"), path.hasPrefix("/") { return "\(path)/fntop" }
        return variable("HOME").map { "\($0)/.config/fntop" }
    }

    private static func theme(_ name: String, in folders: [String], notes: inout [String]) -> Theme {
        let isPlain = !name.isEmpty && name.utf8.allSatisfy { $0 != 0x2F && $0 >= 0x20 } && !name.hasPrefix(".")
        for folder in folders where isPlain && name != "default" {
            let path = "\(folder)/\(name).toml"
            guard let text = SmallFile.text(path) else { continue }
            return Theme(toml: text, name: name, file: path, notes: &notes)
        }
        if name != "default" && name != "dark" { notes.append("there is no theme \(name.prefix(80)): dark is used") }
        return .dark
    }
}
