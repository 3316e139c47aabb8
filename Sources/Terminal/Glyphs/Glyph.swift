/// The characters that the product draws with, beside letters.
package enum Glyph: CaseIterable, Hashable, Sendable {
    case check, cross, running, half, pending, waiting, choice
    case triangleUp, triangleDown, triangleRight, opened, closed
    case retry, cold, enter, dot, ellipsis, arrowRight, arrowLeft, arrowUp, arrowDown, crumb, square, selector

    package var scalar: Unicode.Scalar {
        switch self {
        case .check: "✓"
        case .cross: "✗"
        case .running: "●"
        case .half: "◐"
        case .pending: "○"
        case .waiting: "◔"
        case .choice: "◇"
        case .triangleUp: "▲"
        case .triangleDown: "▼"
        case .triangleRight: "▶"
        case .opened: "▾"
        case .closed: "▸"
        case .retry: "↻"
        case .cold: "❄"
        case .enter: "⏎"
        case .dot: "·"
        case .ellipsis: "…"
        case .arrowRight: "→"
        case .arrowLeft: "←"
        case .arrowUp: "↑"
        case .arrowDown: "↓"
        case .crumb: "›"
        case .square: "■"
        case .selector: "▌"
        }
    }
}
