import Terminal
import Testing

@Suite struct SearchTests {
    @Test(
        arguments: [
            ("pp", "process-payment", [0, 8]), ("pay", "process-payment", [8, 9, 10]), ("", "anything", []),
            ("roi", "RecordOrderItem", [0, 6, 11]), ("日", "x日", [1]),
        ] as [(String, String, [Int])])
    func matchesAtTheStartsOfWords(_ pattern: String, _ name: String, _ positions: [Int]) {
        #expect(FuzzyMatch(pattern, in: name)?.positions == positions)
    }

    @Test(arguments: [("xyz", "process"), ("aa", "a"), ("ba", "ab")])
    func lettersMustComeInOrder(_ pattern: String, _ name: String) {
        #expect(FuzzyMatch(pattern, in: name) == nil)
    }

    @Test func betterMatchesScoreMore() throws {
        let names = ["apple-pie-yard", "display", "payment", "process-payment"]
        let sorted = names.compactMap { name in FuzzyMatch("pay", in: name).map { (name, $0.score) } }
            .sorted { $0.1 > $1.1 }.map(\.0)
        #expect(sorted.first == "payment")
        #expect(sorted.dropFirst().first == "process-payment")
    }

    @Test(arguments: [
        (#"{"id": 7, "ok": true}"#, [Role.key, .number, .key, .keyword]),
        ("ERROR took 12.5 ms", [.error, .number]),
        ("7f3a91c2-12 a1", []), ("\"open", []), ("x\\\"\\\"\"", [.string]),
    ])
    func colours(_ line: String, _ roles: [Role]) {
        let styled = Highlighter.highlight(line)
        #expect(styled.text == line)
        #expect(styled.runs.map(\.style.foreground).filter { $0 != .text } == roles)
    }

    @Test func longLinesStayWhole() {
        let line = String(repeating: "日\"1\" ", count: 3000)
        #expect(Highlighter.highlight(line).text == line)
    }
}
