package import JSON

/// An expression of the JSONata query and transformation language (jsonata.org), read once and evaluated many times.
package struct JSONataExpression: Hashable, Sendable {
    package let text: String
    private let program: Program

    /// - Throws: a syntax error with its place.
    package init(_ text: String) throws(JSONataError) {
        self.text = text
        program = try Program.compile(text)
    }

    package static func == (left: JSONataExpression, right: JSONataExpression) -> Bool { left.text == right.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// Names of the variables that the expression reads and does not itself define, without `$`; for `$states.input` it is `states`.
    ///
    /// Functions of the library are not among them.
    package var freeVariables: Set<String> { program.freeVariables }

    /// The members of `$states` that are named directly: `input` for `$states.input.order`.
    package var statesMembers: Set<String> { program.statesMembers }

    /// - Parameters:
    ///   - input: what `$` is; `nil` is undefined.
    ///   - bindings: variables by name, without `$`.
    /// - Returns: `nil` when the expression is undefined, or a function.
    package func evaluate(
        _ input: JSON?, bindings: [String: JSON] = [:], in environment: JSONataEnvironment
    ) throws(JSONataError) -> JSON? {
        let value = input.map(Value.init) ?? .undefined
        let evaluator = Evaluator(program, input: value, bindings: bindings, environment: environment)
        defer { evaluator.finish() }
        return try evaluator.evaluate(program.body, Self.context(value), nil).json()
    }

    /// An array as input is one value, not many.
    private static func context(_ input: Value) -> Value {
        guard input.isArray else { return input }
        let wrapper = List.sequence([input])
        wrapper.isWrapper = true
        return .list(wrapper)
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
