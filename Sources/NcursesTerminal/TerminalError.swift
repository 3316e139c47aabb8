/// Why there is no screen.
package enum TerminalError: Error, Hashable, CustomStringConvertible {
    /// Neither standard input and output nor `/dev/tty` is a terminal.
    case noTerminal(errno: Int32)
    case noPipe(errno: Int32)
    case noThread(errno: Int32)
    /// ncurses refused every name that was tried.
    case refused(names: [String])

    package var description: String {
        switch self {
        case .noTerminal: "there is no terminal: run it in one, or use a command without a screen (see --help)"
        case .noPipe(let errno): "cannot make a pipe (error \(errno))"
        case .noThread(let errno): "cannot start the thread of the terminal (error \(errno))"
        case .refused(let names): "the terminal is not known as \(names.joined(separator: " or "))"
        }
    }
}
