/// How many colours a terminal shows.
package enum ColorDepth: Hashable, Sendable, CaseIterable {
    case none, sixteen, twoHundredFiftySix, direct
}

/// A colour as a terminal of some depth is told it.
package enum TerminalColor: Hashable, Sendable {
    case terminalDefault
    /// A number of the terminal's palette: 0 to 15, or 0 to 255.
    case indexed(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}

extension Palette.Color {
    /// The nearest colour that the terminal has, as the eye sees it.
    package func degraded(to depth: ColorDepth) -> TerminalColor {
        guard case .rgb(let red, let green, let blue) = self else { return .terminalDefault }
        switch depth {
        case .none: return .terminalDefault
        case .direct: return .rgb(red, green, blue)
        case .twoHundredFiftySix: return .indexed(RGB(red, green, blue).nearest256)
        case .sixteen: return .indexed(RGB(red, green, blue).nearest16)
        }
    }
}

/// Red, green and blue, 0 to 255.
struct RGB: Hashable {
    let red: Int
    let green: Int
    let blue: Int

    init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = Int(red)
        self.green = Int(green)
        self.blue = Int(blue)
    }

    /// The square of a distance that follows the eye: "redmean", which weighs red and blue by how red the pair is.
    func distance(to other: RGB) -> Int {
        let mean = (red + other.red) / 2
        let (dr, dg, db) = (red - other.red, green - other.green, blue - other.blue)
        return ((512 + mean) * dr * dr) / 256 + 4 * dg * dg + ((767 - mean) * db * db) / 256
    }

    /// The six levels of each part in the cube of 256 colours.
    private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

    /// Of the cube (16 to 231) and the greys (232 to 255); the first 16 differ from terminal to terminal.
    var nearest256: UInt8 {
        var best: (index: UInt8, distance: Int) = (16, .max)
        for index in 0..<240 {
            let distance = distance(to: Self.color256(index))
            if distance < best.distance { best = (UInt8(index + 16), distance) }
        }
        return best.index
    }

    /// - Parameter index: 0 to 239, counted from colour 16.
    private static func color256(_ index: Int) -> RGB {
        guard index < 216 else {
            let grey = UInt8(8 + (index - 216) * 10)
            return RGB(grey, grey, grey)
        }
        return RGB(levels[index / 36], levels[index / 6 % 6], levels[index % 6])
    }

    /// The sixteen colours of xterm; other terminals are near.
    private static let sixteen: [RGB] = [
        RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238), RGB(205, 0, 205),
        RGB(0, 205, 205), RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
        RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
    ]

    /// A colour keeps its hue before its brightness: pale red becomes red and not grey.
    var nearest16: UInt8 {
        let spread = max(red, green, blue) - min(red, green, blue)
        let isColorful = spread >= 48
        var best: (index: UInt8, distance: Int) = (7, .max)
        let saturated = isColorful ? stretched : self
        for (index, color) in Self.sixteen.enumerated() {
            let isGrey = index == 0 || index == 7 || index == 8 || index == 15
            guard isGrey != isColorful else { continue }
            let distance = saturated.distance(to: color)
            if distance < best.distance { best = (UInt8(index), distance) }
        }
        return best.index
    }

    /// The same hue as strong as it can be at this brightness.
    private var stretched: RGB {
        let (least, most) = (min(red, green, blue), max(red, green, blue))
        guard most > least else { return self }
        func part(_ value: Int) -> UInt8 { UInt8((value - least) * most / (most - least)) }
        return RGB(part(red), part(green), part(blue))
    }
}
