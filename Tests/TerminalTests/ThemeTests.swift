import Terminal
import Testing

@Suite struct ThemeTests {
    @Test(arguments: [
        (Palette.Color.rgb(255, 0, 0), ColorDepth.twoHundredFiftySix, TerminalColor.indexed(196)),
        (.rgb(128, 128, 128), .twoHundredFiftySix, .indexed(244)),
        (.rgb(0, 0, 0), .twoHundredFiftySix, .indexed(16)),
        (.rgb(250, 10, 10), .sixteen, .indexed(9)),
        (.rgb(0xF7, 0x76, 0x8E), .sixteen, .indexed(9)),
        (.rgb(255, 255, 255), .sixteen, .indexed(15)),
        (.rgb(1, 2, 3), .direct, .rgb(1, 2, 3)),
        (.rgb(1, 2, 3), .none, .terminalDefault),
        (.terminalDefault, .direct, .terminalDefault),
    ])
    func degrades(_ color: Palette.Color, _ depth: ColorDepth, _ shown: TerminalColor) {
        #expect(color.degraded(to: depth) == shown)
    }

    @Test(arguments: ColorDepth.allCases)
    func theSelectionIsSeenAtEveryDepth(_ depth: ColorDepth) {
        let palette = Theme.dark.palette
        let plain = palette.terminalStyle(Style(.text), depth: depth)
        let selected = palette.terminalStyle(Style(.text, on: .selection), depth: depth)
        #expect(plain != selected)
    }

    @Test(arguments: ColorDepth.allCases)
    func textIsNeverTheColourOfItsGround(_ depth: ColorDepth) {
        for background in [Role.background, .bar, .selection, .popup, .match, .accent] {
            for role in Role.allCases where role != background && role != .background {
                let shown = Theme.dark.palette.terminalStyle(Style(role, on: background), depth: depth)
                #expect(shown.foreground != shown.background || shown.foreground == .terminalDefault)
            }
        }
    }

    @Test func aStatusCanBeToldFromAnotherWithSixteenColours() {
        let palette = Theme.dark.palette
        let colors = [Role.ok, .warn, .error, .accent].map { palette[$0].degraded(to: .sixteen) }
        #expect(Set(colors).count == 4, "\(colors)")
    }
}
