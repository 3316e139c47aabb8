import Terminal
import Testing

@Suite struct KeyMapTests {
    enum Command: Hashable, Sendable { case up, open, quit }

    static let keys = KeyMap<Command>([
        KeyBinding(
            .up, .character("k"), command: .up, title: "up", summary: "Selects the row above.", isInFooter: false),
        KeyBinding(.enter, command: .open, title: "open", summary: "Opens it."),
        KeyBinding(.character("q"), .character("k"), command: .quit, title: "quit", summary: "Ends."),
    ])

    @Test func findsCommandsAndConflicts() {
        #expect(Self.keys[.enter] == .open)
        #expect(Self.keys[.character("k")] == .up)
        #expect(Self.keys[.tab] == nil)
        #expect(Self.keys.conflicts == [.character("k")])
        #expect(Self.keys.hints(glyphs: .ascii).map(\.name) == ["Enter", "q"])
    }

    @Test func keysCanBeChanged() {
        let changed = Self.keys.rebound { $0.command == .quit ? [.control("q")] : nil }
        #expect(changed.conflicts.isEmpty)
        #expect(changed[.control("q")] == .quit)
        #expect(changed[.character("q")] == nil)
    }

    @Test(
        arguments: [
            (.enter, "⏎", "Enter"), (.control("p"), "Ctrl-P", "Ctrl-P"), (.character(" "), "Space", "Space"),
            (.character("G"), "G", "G"), (.alt("b"), "Alt-b", "Alt-b"), (.function(2), "F2", "F2"),
            (.backTab, "Shift-Tab", "Shift-Tab"), (.controlLeft, "Ctrl-←", "Ctrl-Left"), (.character("f"), "f", "f"),
        ] as [(Key, String, String)])
    func namesCanBeReadBack(_ key: Key, _ name: String, _ ascii: String) {
        #expect(key.name() == name)
        #expect(key.name(.ascii) == ascii)
        #expect(Key(name: name) == key)
        #expect(Key(name: ascii) == key)
    }

    @Test(arguments: ["", "Ctrl-", "F0", "F99", "nonsense", "ff"])
    func unknownNamesAreNoKeys(_ name: String) {
        #expect(Key(name: name) == nil)
    }
}
