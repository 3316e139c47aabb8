package import JSON

/// An expression of the JSONata query and transformation language (jsonata.org), read once and evaluated many times.
package struct JSONataExpression: Hashable, Sendable {
    package let text: String

    /// - Throws: a syntax error with its place.
    package init(_ text: String) throws(JSONataError) {
        self.text = text
    }

    /// Names of the variables that the expression reads and does not itself define, without `$`; for `$states.input` it is `states`.
    package var freeVariables: Set<String> { [] }

    /// - Parameters:
    ///   - input: what `$` is; `nil` is undefined.
    ///   - bindings: variables by name, without `$`.
    /// - Returns: `nil` when the expression is undefined, or a function.
    package func evaluate(
        _ input: JSON?, bindings: [String: JSON] = [:], in environment: JSONataEnvironment
    ) throws(JSONataError) -> JSON? {
        throw JSONataError("D0000", "not built")
    }
}

/// What an evaluation may see of the world, and how far it may go.
package struct JSONataEnvironment: Sendable {
    /// Milliseconds since 1970: the one moment that `$now()` and `$millis()` tell during an evaluation.
    package var now: Int64
    /// The state of the generator of `$random()` and `$uuid()`: the same seed gives the same values.
    package var seed: UInt64
    package var dialect: Dialect
    /// Nested calls.
    package var depthLimit = 1_000
    /// Evaluated nodes; reached, the evaluation ends with `U1001`.
    package var stepLimit = 20_000_000

    package enum Dialect: Hashable, Sendable {
        case standard
        /// Adds `$partition $range $hash $uuid $parse` and `$random(seed)`; leaves out `$eval`; `$` alone has no context.
        case stepFunctions
    }

    package init(now: Int64, seed: UInt64, dialect: Dialect = .stepFunctions) {
        self.now = now
        self.seed = seed
        self.dialect = dialect
    }
}
