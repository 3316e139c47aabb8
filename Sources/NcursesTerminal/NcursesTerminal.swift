import CNcurses
import Glibc
package import Terminal

/// The real terminal: ncurses on a thread of its own.
package actor NcursesTerminal: TerminalDevice {
    package nonisolated let events: AsyncStream<TerminalEvent>
    package private(set) var capabilities: TerminalCapabilities

    let thread: UIThread
    let sink: AsyncStream<TerminalEvent>.Continuation
    var parser = InputParser()
    var pairs: PairTable
    var shown: Frame?
    /// Cells on their way to ncurses; kept so that a frame allocates nothing.
    var scratch: [cnc_cell] = []
    var input: Int32 = -1
    var isOpen = false
    var capturesMouse: Bool
    var isSynchronized = false

    package nonisolated let executor: (any TaskExecutor)?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

    /// The signal that asked the program to end; end by it with ``end(by:)`` once everything is stopped.
    package nonisolated var endingSignal: Int32? {
        let signal = cnc_ending_signal()
        return signal == 0 ? nil : signal
    }

    /// Ends the process by the signal, so that its parent sees the right status.
    package static func end(by signal: Int32) {
        cnc_raise(signal)
    }

    /// Takes the terminal over.
    ///
    /// - Throws: ``TerminalError``; then the terminal is as it was.
    package static func open(_ options: TerminalOptions) async throws(TerminalError) -> NcursesTerminal {
        await MainActor.run { cnc_guard_thread() }
        let terminal = NcursesTerminal(options, thread: try UIThread())
        try await terminal.start(options)
        return terminal
    }

    private init(_ options: TerminalOptions, thread: UIThread) {
        (events, sink) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1024))
        self.thread = thread
        executor = UIThread.Tasks(thread)
        capturesMouse = options.mouse
        pairs = PairTable(TerminalCapabilities.Colors.none, palette: options.palette)
        capabilities = TerminalCapabilities(glyphs: .ascii, colors: .none, isUTF8: false, name: "", notes: [])
    }

    private func start(_ options: TerminalOptions) throws(TerminalError) {
        let locale = cnc_locale()
        var output: Int32 = -1
        guard unsafe cnc_open(&input, &output) == 0 else { throw .noTerminal(errno: errno) }
        let choice = TerminalChoice(variable: Self.variable, knows: { unsafe cnc_knows_terminal($0) == 1 })
        let (input, waker) = (input, thread.waker)
        guard let name = choice.names.first(where: { unsafe cnc_start($0, input, output, waker) == 0 }) else {
            throw .refused(names: choice.names)
        }
        isOpen = true
        describe(choice, name: name, locale: locale, options)
        pairs = PairTable(capabilities.colors, palette: options.palette)
        redirectErrors(options.errorLog)
        setModes()
        if Self.asksForSynchronizedOutput(name) { send("\u{1B}[?2026$p") }
        thread.watch(input) { [weak self] wake in
            self?.assumeIsolated { $0.woken(wake) }
        }
    }

    private func describe(_ choice: TerminalChoice, name: String, locale: Int32, _ options: TerminalOptions) {
        var notes = choice.notes
        if locale == 1 { notes.append("the locale is not UTF-8: C.UTF-8 is used") }
        if locale == 0 { notes.append("there is no UTF-8 locale: plain ASCII is drawn") }
        let isConsole = Self.variable("TERM") == "linux"
        capabilities = TerminalCapabilities(
            glyphs: options.ascii || locale == 0 ? .ascii : isConsole ? .blocks : .unicode,
            colors: choice.colors(Int(cnc_colors())),
            isUTF8: locale != 0,
            name: name,
            notes: notes
        )
    }

    private func redirectErrors(_ path: String?) {
        guard let path, unsafe cnc_redirect_errors(path) != 0 else { return }
        capabilities.notes.append("cannot write \(path) (error \(errno))")
    }

    private static func asksForSynchronizedOutput(_ name: String) -> Bool {
        variable("FNTOP_SYNC") != "0" && !["linux", "vt100", "ansi"].contains(name) && variable("TERM") != "linux"
    }

    private static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }
}
