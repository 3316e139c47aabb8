import Terminal

/// Turns a theme's colours into the numbers that the terminal has.
struct ColorTable {
    let colors: TerminalCapabilities.Colors

    /// The number of the nearest colour; -1 is the terminal's own.
    func number(_ color: Palette.Color) -> Int32 {
        guard case .rgb(let red, let green, let blue) = color else { return -1 }
        let wanted = (Int(red), Int(green), Int(blue))
        switch colors {
        case .none: return -1
        case .eight: return Self.nearest(wanted, in: 0..<8)
        case .sixteen: return Self.nearest(wanted, in: 0..<16)
        case .indexed: return Self.nearestIndexed(wanted)
        // The numbers below 8 mean the eight plain colours.
        case .direct: return max(8, Int32(wanted.0 << 16 | wanted.1 << 8 | wanted.2))
        }
    }

    /// Whether backgrounds can be told apart by colour; else they are shown reversed.
    var hasBackgrounds: Bool { colors == .indexed || colors == .direct }

    private static let plain: [(Int, Int, Int)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]
    private static let steps = [0, 95, 135, 175, 215, 255]

    private static func distance(_ one: (Int, Int, Int), _ other: (Int, Int, Int)) -> Int {
        let (red, green, blue) = (one.0 - other.0, one.1 - other.1, one.2 - other.2)
        return 3 * red * red + 4 * green * green + 2 * blue * blue
    }

    private static func nearest(_ wanted: (Int, Int, Int), in range: Range<Int>) -> Int32 {
        Int32(range.min { distance(wanted, plain[$0]) < distance(wanted, plain[$1]) } ?? 7)
    }

    private static func nearestStep(_ value: Int) -> Int {
        steps.indices.min { abs(steps[$0] - value) < abs(steps[$1] - value) } ?? 0
    }

    private static func nearestIndexed(_ wanted: (Int, Int, Int)) -> Int32 {
        let (red, green, blue) = (nearestStep(wanted.0), nearestStep(wanted.1), nearestStep(wanted.2))
        let grayStep = min(max(((wanted.0 + wanted.1 + wanted.2) / 3 - 3) / 10, 0), 23)
        let gray = 8 + 10 * grayStep
        let isGray = distance(wanted, (gray, gray, gray)) < distance(wanted, (steps[red], steps[green], steps[blue]))
        return Int32(isGray ? 232 + grayStep : 16 + 36 * red + 6 * green + blue)
    }
}
