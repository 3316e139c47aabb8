package import JSON

/// A call of an intrinsic function: `States.Format('{} of {}', $.i, $$.Map.Item.Index)`; calls may be nested.
package struct IntrinsicExpression: Hashable, Sendable {
    package let text: String

    package init(_ text: String) throws(JSONPathError) { self.text = text }

    /// - Parameters:
    ///   - input: what `$` is.
    ///   - context: what `$$` is.
    ///   - variables: `$name` by name, without `$`.
    ///   - random: the next random word, for `States.UUID` and `States.MathRandom` without a seed.
    package func evaluate(
        input: JSON, context: JSON, variables: [String: JSON], random: () -> UInt64
    ) throws(IntrinsicFailure) -> JSON { input }
}

/// Becomes `States.IntrinsicFailure`, or the error named, with this cause.
package struct IntrinsicFailure: Error, Hashable, Sendable {
    package var error: String
    package var cause: String
    package init(error: String = "States.IntrinsicFailure", cause: String) {
        self.error = error
        self.cause = cause
    }
}
