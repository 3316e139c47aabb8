import ArgumentParser

/// How the dashboard looks.
struct ScreenOptions: ParsableArguments {
    @Option(help: "The theme: dark, light, high-contrast, … (fntop doctor lists them).")
    var theme: String?

    @Flag(help: "Draw with ASCII characters only.")
    var ascii = false

    @Flag(name: .customLong("no-mouse"), help: "Leave the mouse to the terminal (F2 switches).")
    var noMouse = false

    @Option(help: "The time window at the start: 5m, 15m, 1h, 3h or 24h.")
    var window: String?
}
