import JSON
import JSONata

/// The regular expression of `=~ /…/i`; it must match the whole text.
struct PathPattern: Hashable, Sendable {
    private let expression: JSONataExpression

    /// More than a text of some kilobytes needs; whoever goes back and forth without end is stopped.
    private static let stepLimit = 1_000_000

    init(source: String, flags: String) throws(JSONataError) {
        expression = try JSONataExpression("$contains($text, /^(?:\(source))$/\(flags))")
    }

    func matches(_ text: String) -> Bool {
        var environment = JSONataEnvironment(now: 0, seed: 0)
        environment.stepLimit = Self.stepLimit
        let found = try? expression.evaluate(nil, bindings: ["text": .string(text)], in: environment)
        return found?.bool == true
    }
}
