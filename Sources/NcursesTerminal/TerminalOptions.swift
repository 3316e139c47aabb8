package import Terminal

package struct TerminalOptions: Sendable {
    package var palette: Palette
    package var mouse: Bool
    package var ascii: Bool
    /// Standard error goes to the end of this file while the screen is shown.
    package var errorLog: String?

    package init(palette: Palette, mouse: Bool = true, ascii: Bool = false, errorLog: String? = nil) {
        self.palette = palette
        self.mouse = mouse
        self.ascii = ascii
        self.errorLog = errorLog
    }
}
