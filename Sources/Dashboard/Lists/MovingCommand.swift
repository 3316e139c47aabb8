import Terminal

/// The commands of a screen with a list: what moves in it has the same keys everywhere.
protocol MovingCommand: Hashable, Sendable {
    static var up: Self { get }
    static var down: Self { get }
    static var pageUp: Self { get }
    static var pageDown: Self { get }
    static var first: Self { get }
    static var last: Self { get }
}

extension MovingCommand {
    /// How far it moves; `nil` for what moves nothing.
    func step(page: Int) -> Int? {
        let page = max(page, 1)
        return switch self {
        case .up: -1
        case .down: 1
        case .pageUp: -page
        case .pageDown: page
        case .first: -1_000_000
        case .last: 1_000_000
        default: nil
        }
    }
}

extension KeyBinding where Command: MovingCommand {
    /// - Parameters:
    ///   - first: what the first is called here, for instance `the newest`.
    static func moving(first: String = "the first", last: String = "the last") -> [KeyBinding] {
        [
            KeyBinding(.up, .character("k"), command: .up, title: "up", summary: "Goes up.", isInFooter: false),
            KeyBinding(.down, .character("j"), command: .down, title: "down", summary: "Goes down.", isInFooter: false),
            KeyBinding(
                .pageUp, .control("u"), command: .pageUp, title: "page up", summary: "Goes up a page.",
                isInFooter: false),
            KeyBinding(
                .pageDown, .control("d"), command: .pageDown, title: "page down", summary: "Goes down a page.",
                isInFooter: false),
            KeyBinding(
                .character("g"), .home, command: .first, title: "first", summary: "Goes to \(first).",
                isInFooter: false),
            KeyBinding(
                .character("G"), .end, command: .last, title: "last", summary: "Goes to \(last).", isInFooter: false),
        ]
    }
}
