import Terminal

/// What the loop has to do for the shell.
enum ShellEffect: Hashable, Sendable {
    case quit, suspend
    case copy(String)
    case invoke(function: String, payload: [UInt8])
    case execute(ExecutionAction)
    case edit(String)
    case ring
    case use(Palette)
    case captureMouse(Bool)
}
