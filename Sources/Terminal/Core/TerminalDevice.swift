/// A place where frames are shown and events come from; `NcursesTerminal` is the real one.
package protocol TerminalDevice: Sendable {
    /// The events, oldest first; ends after `.closed`.
    var events: AsyncStream<TerminalEvent> { get }

    /// Where the work between a key and its frame is done best; `nil` for anywhere.
    var executor: (any TaskExecutor)? { get }

    func size() async -> Size

    /// Shows the frame; returns when it is written, so at most one frame is in flight.
    func present(_ frame: Frame) async

    /// Leaves the terminal as it was found; can be called more than once.
    func restore() async

    /// Shows another theme from the next frame on.
    func use(_ palette: Palette) async

    /// Gives the mouse to the program, or back to the terminal.
    func captureMouse(_ isOn: Bool) async

    /// Stops the program as Ctrl-Z does; returns when it goes on.
    func suspend() async

    /// Puts text on the clipboard through the terminal (OSC 52).
    func copy(_ text: String) async

    func ring() async
}

extension TerminalDevice {
    package var executor: (any TaskExecutor)? { nil }
}
