package import Telemetry
package import Terminal

/// How the dashboard starts.
package struct DashboardSettings: Sendable {
    /// What is watched, for the top line: `demo`, `orders`, an address.
    package var application = ""
    /// Where clients reach what is watched: `http://127.0.0.1:4566`; `nil` where they cannot.
    package var endpoint: String?
    package var window = Microseconds.seconds(900)
    package var glyphs = Glyphs.unicode
    package var hasColors = true
    package var capturesMouse = true
    /// Whether an alarm that fires rings the terminal's bell.
    package var ringsOnAlarm = false
    /// The palette offers these as `theme NAME`.
    package var themes: [Theme] = []
    /// What quitting would stop; without it quitting never asks.
    package var stopsOnQuit: String?
    /// Keys by `screen.command` (`functions.sort`), as a person wants them.
    package var keys: [String: [Key]] = [:]
    /// Shown once at the start, for instance that the theme is not known.
    package var notices: [String] = []

    package init() {}
}
