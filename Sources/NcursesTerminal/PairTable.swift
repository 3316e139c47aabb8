import CNcurses
import Terminal

/// Gives each combination of foreground and background that is used a pair of ncurses.
struct PairTable {
    private let table: ColorTable
    private let limit: Int32
    private var numbers: [Int32]
    private var pairs: [UInt64: Int32] = [:]
    private var byRoles: [Int32]

    init(_ colors: TerminalCapabilities.Colors, palette: Palette) {
        let table = ColorTable(colors: colors)
        self.table = table
        limit = colors == .none ? 0 : cnc_pair_limit()
        numbers = Role.allCases.map { table.number(palette[$0]) }
        byRoles = Array(repeating: -1, count: Role.allCases.count * Role.allCases.count)
    }

    mutating func use(_ palette: Palette) {
        numbers = Role.allCases.map { table.number(palette[$0]) }
        byRoles = byRoles.map { _ in -1 }
    }

    /// Whether this background has to be shown by reversing.
    func isReversed(_ background: Role) -> Bool {
        !table.hasBackgrounds && (background == .selection || background == .match)
    }

    /// The pair of the style, or 0 when the terminal has no more.
    mutating func pair(_ style: Style) -> Int32 {
        let place = Int(style.foreground.rawValue) * numbers.count + Int(style.background.rawValue)
        if byRoles[place] >= 0 { return byRoles[place] }
        let foreground = numbers[Int(style.foreground.rawValue)]
        let background = table.hasBackgrounds ? numbers[Int(style.background.rawValue)] : -1
        let pair = make(foreground, background)
        byRoles[place] = pair
        return pair
    }

    private mutating func make(_ foreground: Int32, _ background: Int32) -> Int32 {
        if foreground < 0 && background < 0 { return 0 }
        let key = UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
        if let pair = pairs[key] { return pair }
        let pair = Int32(pairs.count) + 1
        guard pair < limit else { return 0 }
        cnc_make_pair(pair, foreground, background)
        pairs[key] = pair
        return pair
    }
}
