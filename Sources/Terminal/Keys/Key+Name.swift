extension Key {
    /// The key as a person reads it: `⏎`, `Esc`, `Ctrl-P`, `Space`.
    package func name(_ glyphs: Glyphs = .unicode) -> String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .control(let character): "Ctrl-\(character.uppercased())"
        case .alt(let character): "Alt-\(character)"
        case .function(let number): "F\(number)"
        default: symbol.map { glyphs == .ascii ? $0.ascii : $0.unicode } ?? ""
        }
    }

    private var symbol: (unicode: String, ascii: String)? {
        switch self {
        case .enter: ("⏎", "Enter")
        case .escape: ("Esc", "Esc")
        case .tab: ("Tab", "Tab")
        case .backTab: ("Shift-Tab", "Shift-Tab")
        case .backspace: ("Backspace", "Backspace")
        case .delete: ("Del", "Del")
        case .insert: ("Ins", "Ins")
        case .up: ("↑", "Up")
        case .down: ("↓", "Down")
        case .left: ("←", "Left")
        case .right: ("→", "Right")
        case .home: ("Home", "Home")
        case .end: ("End", "End")
        case .pageUp: ("PgUp", "PgUp")
        case .pageDown: ("PgDn", "PgDn")
        case .shiftLeft: ("Shift-←", "Shift-Left")
        case .shiftRight: ("Shift-→", "Shift-Right")
        case .shiftUp: ("Shift-↑", "Shift-Up")
        case .shiftDown: ("Shift-↓", "Shift-Down")
        case .controlLeft: ("Ctrl-←", "Ctrl-Left")
        case .controlRight: ("Ctrl-→", "Ctrl-Right")
        case .character, .control, .alt, .function: nil
        }
    }

    private static let named: [Key] = [
        .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end, .pageUp,
        .pageDown, .shiftLeft, .shiftRight, .shiftUp, .shiftDown, .controlLeft, .controlRight,
    ]

    /// Reads a name as ``name(_:)`` writes it, in either spelling and any case but for single letters.
    ///
    /// - Returns: `nil` when no key is called so.
    package init?(name: String) {
        let lowered = name.lowercased()
        if let key = Self.named.first(where: {
            $0.name(.ascii).lowercased() == lowered || $0.name().lowercased() == lowered
        }) {
            self = key
            return
        }
        let last = name.last
        switch (lowered, last) {
        case ("space", _): self = .character(" ")
        case (_, let letter?) where name.count == 1: self = .character(letter)
        case (let text, _) where text.hasPrefix("ctrl-") && text.count == 6: self = .control(text.last ?? " ")
        case (let text, let letter?) where text.hasPrefix("alt-") && text.count == 5: self = .alt(letter)
        case (let text, _) where text.hasPrefix("f"):
            guard let number = Int(text.dropFirst()), (1...24).contains(number) else { return nil }
            self = .function(number)
        default: return nil
        }
    }
}
