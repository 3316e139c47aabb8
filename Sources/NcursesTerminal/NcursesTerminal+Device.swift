import CNcurses
package import Terminal

extension NcursesTerminal {
    /// More than this is not sent to the clipboard: terminals cut it off or refuse it.
    private static let clipboardLimit = 74_000

    package func size() -> Size {
        guard isOpen else { return Size(columns: 0, rows: 0) }
        var (columns, rows): (Int32, Int32) = (0, 0)
        unsafe cnc_size(&columns, &rows)
        return Size(columns: Int(columns), rows: Int(rows))
    }

    package func restore() {
        guard isOpen else { return }
        isOpen = false
        thread.stopWatching()
        cnc_end()
        sink.finish()
    }

    package func use(_ palette: Palette) {
        pairs.use(palette)
        shown = nil
    }

    package func captureMouse(_ isOn: Bool) {
        capturesMouse = isOn
        send(isOn ? "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h" : "\u{1B}[?1002l\u{1B}[?1000l\u{1B}[?1006l")
    }

    package func suspend() {
        guard isOpen else { return }
        cnc_suspend()
        setModes()
        shown = nil
        let size = size()
        cnc_resize(Int32(clamping: size.columns), Int32(clamping: size.rows))
        sink.yield(.resize(size))
        sink.yield(.resumed)
    }

    /// Gives the terminal to a shell command until it ends; no frame is shown meanwhile.
    ///
    /// - Returns: whether it ended well.
    package func run(_ command: String) -> Bool {
        guard isOpen else { return false }
        let status = unsafe cnc_run_outside(command)
        setModes()
        shown = nil
        sink.yield(.resize(size()))
        sink.yield(.resumed)
        return status == 0
    }

    package func copy(_ text: String) {
        let bytes = Array(text.utf8.prefix(Self.clipboardLimit))
        send("\u{1B}]52;c;\(Base64.text(bytes))\u{07}")
    }

    package func ring() {
        send("\u{07}")
    }

    func setModes() {
        send("\u{1B}[?2004h")
        if capturesMouse { captureMouse(true) }
    }

    func send(_ text: String) {
        guard isOpen else { return }
        let bytes = Array(text.utf8)
        unsafe cnc_write(bytes, bytes.count)
    }
}
