import Terminal

/// A line of the help.
enum HelpRow: Hashable, Sendable {
    case heading(String)
    case key(KeyEntry)

    /// - Parameter isWide: whether there is room for all names of a key.
    func runs(_ glyphs: Glyphs, isWide: Bool) -> [Run] {
        switch self {
        case .heading(let title): return [Run(title, .accent, .bold)]
        case .key(let entry):
            let keys = entry.keys.map { $0.name(glyphs) }.joined(separator: " ")
            return Run.cell("  " + keys, isWide ? 24 : 16, Style(.strong)) + Run.cell(entry.title, 14, Style(.text))
                + [Run(entry.summary, .dim)]
        }
    }
}

extension KeyEntry {
    /// The keys that every list has.
    var isMovement: Bool { !keys.filter { Self.movement.contains($0) }.isEmpty }

    private static let movement: [Key] = [.up, .down, .pageUp, .pageDown, .home, .end]

    func matches(_ words: String) -> Bool {
        words.isEmpty || "\(title) \(summary)".lowercased().contains(words.lowercased())
    }
}
