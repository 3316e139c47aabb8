import Terminal

/// What the loop has to do for the shell.
enum ShellEffect: Hashable, Sendable {
    case quit, suspend
    case copy(String)
    case invoke(function: String, payload: [UInt8])
    case execute(ExecutionAction)
    case call(EndpointCall)
    case edit(String)
    case ring
    case use(Palette)
    case captureMouse(Bool)
}

extension ShellEffect {
    /// What a screen that is not shown may do: ask.
    init?(covered effect: Effect) {
        guard case .call(let call) = effect else { return nil }
        self = .call(call)
    }
}
