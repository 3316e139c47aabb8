import Terminal

/// A binding without its command's type: for the footer, the help and the palette.
struct KeyEntry: Hashable, Sendable {
    var keys: [Key]
    var title: String
    var summary: String
    var isInFooter: Bool
    /// The heading in the help; empty for the screen's own.
    var group = ""
}

extension Screen {
    func keyMap(_ overrides: [String: [Key]]) -> KeyMap<Command> {
        guard !overrides.isEmpty else { return Self.keys }
        let name = route.screenName
        return Self.keys.rebound { overrides["\(name).\($0.command)"] }
    }

    /// What a key that no text field or menu wants does here; `nil` when it is not bound.
    mutating func runBound(_ key: Key, _ overrides: [String: [Key]], _ context: ScreenContext) -> [Effect]? {
        keyMap(overrides)[key].map { run($0, context) }
    }

    func keyEntries(_ overrides: [String: [Key]]) -> [KeyEntry] {
        let idle = idle
        return keyMap(overrides).bindings.map { binding in
            var entry = KeyEntry(binding)
            if idle.contains(binding.command) { entry.isInFooter = false }
            return entry
        }
    }
}

extension KeyEntry {
    init<Command>(_ binding: KeyBinding<Command>) {
        self.init(
            keys: binding.keys, title: binding.title, summary: binding.summary, isInFooter: binding.isInFooter,
            group: binding.group)
    }
}

extension KeyMap {
    var entries: [KeyEntry] {
        bindings.map(KeyEntry.init)
    }
}
