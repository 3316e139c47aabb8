package import Terminal

/// What a person can set in files and in the environment.
package struct Settings: Hashable, Sendable {
    package var theme = "dark"
    package var ascii = false
    package var mouse = true
    /// Whether an alarm that fires rings the terminal's bell.
    package var bell = false
    package var port: UInt16 = 4566
    /// How much of the log is kept in memory, in MiB.
    package var logCapMiB = 512
    /// Further patterns whose matches are masked.
    package var maskRules: [String] = []
    /// Keys by `screen.command`, instead of the built-in ones.
    package var keys: [String: [String]] = [:]
    /// Colours that differ from the theme's.
    package var colors: [Role: Palette.Color] = [:]
    /// Alarms that are there when an endpoint starts.
    package var alarms: [AlarmSetting] = []

    package init() {}

    static let names = ["theme", "ascii", "mouse", "bell", "port", "log_cap_mib", "mask", "keys", "colors", "alarm"]
}
