import Terminal
import Testing

@testable import Configuration

@Suite struct SettingsTests {
    @Test func takesOverWhatAFileSays() {
        var settings = Settings()
        var notes: [String] = []
        settings.apply(
            toml: """
                theme = "nord"
                mouse = false
                port = 4000
                mask = ["token=\\\\S+"]
                [keys]
                "logs.follow" = ["F"]
                [keys.functions]
                open = ["enter", "o"]
                [colors]
                accent = "#010203"
                """, file: "f", notes: &notes)
        #expect(notes.isEmpty)
        #expect(settings.theme == "nord" && !settings.mouse && settings.port == 4000)
        #expect(settings.keys == ["logs.follow": ["F"], "functions.open": ["enter", "o"]])
        #expect(settings.colors == [.accent: .rgb(1, 2, 3)])
    }

    @Test func notesWhatIsWrongAndKeepsTheRest() {
        var settings = Settings()
        var notes: [String] = []
        settings.apply(toml: "ascii = true\nport = 70000\nthem = \"x\"\n", file: "f", notes: &notes)
        #expect(settings.ascii && settings.port == 4566)
        #expect(
            notes.sorted() == [
                "f: port has a value of the wrong kind or out of range", "f:3: unknown key them; did you mean theme?",
            ])
    }

    @Test func survivesAFileThatIsNotTOML() {
        var settings = Settings()
        var notes: [String] = []
        settings.apply(toml: "= [", file: "f", notes: &notes)
        #expect(settings == Settings() && notes.count == 1)
    }

    @Test func letsTheEnvironmentWin() {
        var settings = Settings()
        var notes: [String] = []
        settings.apply(environment: { ["FNTOP_MOUSE": "off", "FNTOP_PORT": "x"][$0] }, notes: &notes)
        #expect(!settings.mouse && settings.port == 4566 && notes == ["FNTOP_PORT=x is not understood"])
    }
}
