/// Which terminal descriptions to try, and how many colours to use, as the environment asks.
struct TerminalChoice: Hashable {
    var names: [String]
    var limit: TerminalCapabilities.Colors?
    var notes: [String] = []

    /// - Parameters:
    ///   - variable: a variable of the environment.
    ///   - knows: whether there is a description of this name.
    init(variable: (String) -> String?, knows: (String) -> Bool) {
        let term = variable("TERM") ?? ""
        limit = Self.limit(variable)
        names = []
        let isDirect = ["truecolor", "24bit"].contains(variable("COLORTERM") ?? "") || term.hasSuffix("-direct")
        if (isDirect && limit == nil && term != "linux") || limit == .direct, knows("xterm-direct") {
            names.append("xterm-direct")
        }
        let isMultiplexer = term.hasPrefix("tmux") || term.hasPrefix("screen")
        if isMultiplexer && knows("xterm-256color") { names.append("xterm-256color") }
        if !term.isEmpty && term != "dumb" && knows(term) { names.append(term) }
        if names.isEmpty { notes.append("TERM \"\(term)\" is not known: the screen is driven as xterm-256color") }
        names += ["xterm-256color", "xterm", "vt100", "linux", "ansi"].filter { !names.contains($0) && knows($0) }
    }

    private static func limit(_ variable: (String) -> String?) -> TerminalCapabilities.Colors? {
        switch variable("FNTOP_COLORS") {
        case "none": return TerminalCapabilities.Colors.none
        case "16": return .sixteen
        case "256": return .indexed
        case "direct": return .direct
        default: break
        }
        guard let refusal = variable("NO_COLOR"), !refusal.isEmpty else { return nil }
        return TerminalCapabilities.Colors.none
    }

    /// - Parameter count: how many colours the chosen description has.
    func colors(_ count: Int) -> TerminalCapabilities.Colors {
        let found: TerminalCapabilities.Colors =
            switch count {
            case ..<8: .none
            case ..<16: .eight
            case ..<256: .sixteen
            case ..<0x100_0000: .indexed
            default: .direct
            }
        switch limit {
        case TerminalCapabilities.Colors.none?: return .none
        case .sixteen? where found == .indexed || found == .direct: return .sixteen
        case .indexed? where found == .direct: return .indexed
        default: return found
        }
    }
}
