/// What each key does on a screen.
package struct KeyMap<Command: Sendable>: Sendable {
    package private(set) var bindings: [KeyBinding<Command>]
    private var commands: [Key: Command] = [:]

    package init(_ bindings: [KeyBinding<Command>]) {
        self.bindings = bindings
        index()
    }

    /// Where a key stands twice the first binding has it.
    private mutating func index() {
        commands = [:]
        for binding in bindings {
            for key in binding.keys where commands[key] == nil { commands[key] = binding.command }
        }
    }

    package subscript(key: Key) -> Command? { commands[key] }

    /// The keys that are bound more than once.
    package var conflicts: [Key] {
        var seen: Set<Key> = []
        return bindings.flatMap(\.keys).filter { !seen.insert($0).inserted }
    }

    /// The keys that both maps bind.
    package func conflicts<Other>(with other: KeyMap<Other>) -> [Key] {
        bindings.flatMap(\.keys).filter { other[$0] != nil }
    }

    /// The same commands on the keys that the person wants.
    ///
    /// - Parameter keys: `nil` leaves a binding's keys as they are.
    package func rebound(_ keys: (KeyBinding<Command>) -> [Key]?) -> KeyMap {
        KeyMap(
            bindings.map { binding in
                var changed = binding
                if let new = keys(binding) { changed.keys = new }
                return changed
            })
    }

    /// What the footer shows, most important first.
    package func hints(glyphs: Glyphs) -> [KeyHint] {
        bindings.compactMap { binding in
            guard binding.isInFooter, let key = binding.keys.first else { return nil }
            return KeyHint(key: key, name: key.name(glyphs), title: binding.title)
        }
    }
}
