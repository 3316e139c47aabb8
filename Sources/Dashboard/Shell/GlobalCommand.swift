import Terminal

/// What keys do on every screen that does not bind them otherwise.
enum GlobalCommand: Hashable, Sendable {
    case tab(Int), window, pause, live, earlier, later, palette, help, quit, suspend, mouse, history, lints, mark,
        compare

    static let keys: KeyMap<GlobalCommand> = {
        let tabs = ScreenCatalog.tabs.map { tab in
            KeyBinding<GlobalCommand>(
                .character(Character("\(tab.digit)")), command: .tab(tab.digit), title: tab.title,
                summary: "Shows \(tab.title).", isInFooter: false)
        }
        return KeyMap(tabs + others)
    }()

    private static let others = [
        KeyBinding(
            .character("t"), command: GlobalCommand.window, title: "window", summary: "Looks at a longer time."),
        KeyBinding(.character(" "), command: .pause, title: "pause", summary: "Stops and resumes what is shown."),
        KeyBinding(
            .character("["), .character(","), command: .earlier, title: "earlier", summary: "Steps back in time.",
            isInFooter: false),
        KeyBinding(
            .character("]"), .character("."), command: .later, title: "later", summary: "Steps forth in time.",
            isInFooter: false),
        KeyBinding(
            .character("L"), command: .live, title: "live", summary: "Goes back to what happens now.",
            isInFooter: false),
        KeyBinding(
            .character(":"), .control("p"), command: .palette, title: "command",
            summary: "Finds a command, function, execution, table, API, alarm or theme by name."),
        KeyBinding(.character("?"), .function(1), command: .help, title: "help", summary: "Shows all keys."),
        KeyBinding(
            .character("!"), command: .lints, title: "lints", summary: "Shows what is wrong or soon will be.",
            isInFooter: false),
        KeyBinding(
            .character("m"), command: .mark, title: "mark",
            summary: "Marks the invocation or execution under the cursor, or takes the mark off; two at most.",
            isInFooter: false),
        KeyBinding(
            .character("="), command: .compare, title: "compare",
            summary: "Compares the two that are marked, or the marked one with the one under the cursor.",
            isInFooter: false),
        KeyBinding(
            .control("o"), .character("-"), .backspace, command: .history, title: "last screen",
            summary: "Goes back to the screen before.", isInFooter: false),
        KeyBinding(
            .function(2), command: .mouse, title: "mouse",
            summary: "Gives the mouse to the terminal, or back; Shift-drag selects at any time.", isInFooter: false),
        KeyBinding(.control("z"), command: .suspend, title: "suspend", summary: "Suspends fntop.", isInFooter: false),
        KeyBinding(.character("q"), .control("c"), command: .quit, title: "quit", summary: "Quits."),
    ]
}
