import JSON
import StatesLanguage
import Testing

/// Puts pieces of paths and calls together at random: whatever comes out gives a value or an error.
struct PathFuzzTests {
    private static let pieces = [
        "$", "$$", "$v", "@", ".", "..", "[", "]", "(", ")", "*", "?", "?(", ":", ",", "-", "0", "1", "99", "a", "b",
        "'a'",
        "\"b\"", "'", "\\", " ", "==", "!=", "<", ">=", "=~", "/a/", "&&", "||", "!", "in", "size", "length()", "sum()",
        "keys()", "States.Array(", "States.Format('{}', ", "States.MathAdd(", "true", "null", "{", "}", "é", "\u{301}",
    ]
    private static let document: JSON = ["a": [1, ["b": "x", "a": [3, nil]], "a"], "b": ["a": ["b": 2.5]], "": 0]

    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `any text is a value or an error`(seed: UInt64) {
        var generator = Generator(state: seed)
        var found = 0
        for _ in 0..<5_000 {
            let count = Int.random(in: 1...14, using: &generator)
            let text = (0..<count).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
            if Self.evaluate(text) { found += 1 }
            if Self.evaluate("$" + text) { found += 1 }
        }
        #expect(found > 50)
    }

    private static func evaluate(_ text: String) -> Bool {
        let path = try? PayloadPath(text)
        _ = path?.value(input: document, context: document, variables: ["v": document])
        if let path = path?.path, path.isReference { _ = try? path.inserting(1, into: document) }
        let call = try? IntrinsicExpression(text)
        _ = try? call?.evaluate(input: document, context: document, variables: ["v": document], random: { 7 })
        return path != nil || call != nil
    }
}
