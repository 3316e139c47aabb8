import Foundation
import Terminal
import Testing

@testable import Configuration

@Suite struct ThemeTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Themes")
    static let names = [
        "dark", "light", "high-contrast", "solarized-dark", "gruvbox", "nord", "dracula", "catppuccin-mocha",
    ]

    @Test(arguments: names) func givesEveryRoleAColour(_ name: String) throws {
        let text = try String(contentsOf: Self.folder.appending(path: "\(name).toml"), encoding: .utf8)
        var notes: [String] = []
        let theme = Theme(toml: text, name: name, file: name, notes: &notes)
        #expect(notes.isEmpty)
        #expect((theme.palette == Theme.dark.palette) == (name == "dark"))
    }

    @Test func namesAWrongRoleWithItsLineAndTheNearestRightOne() {
        var notes: [String] = []
        _ = Theme(toml: "[colors]\nacent = \"#ffffff\"\n", name: "x", file: "x.toml", notes: &notes)
        #expect(notes.contains("x.toml:2: unknown key acent; did you mean accent?"))
        #expect(notes.contains("x.toml: no colour for accent"))
    }

    @Test(arguments: ["", "#fff", "#12345g", "123456", "#+12345", "red"]) func refusesWhatIsNoColour(_ text: String) {
        #expect(Palette.Color(text) == nil)
    }
}
