import Testing

@testable import Telemetry

struct DiagnosticsTests {
    @Test("What comes again and again is written once and counted")
    func counts() {
        var lines = DiagnosticLines()
        let written = ["lost", "again", "again", "again", "other"].flatMap { lines.take($0) }
        #expect(written == ["lost", "again", "fntop the line above came 2 times more", "other"])
    }

    @Test("A line is one line without control characters, and is cut when it is very long")
    func harmless() {
        var lines = DiagnosticLines()
        #expect(lines.take("lost\n\u{1b}[31m\u{7f}") == ["lost  [31m "])
        #expect(lines.take(String(repeating: "x", count: 9000)).first?.count == DiagnosticLines.longest)
    }
}
