package import JSON

/// A call of an intrinsic function: `States.Format('{} of {}', $.i, $$.Map.Item.Index)`; calls may be nested.
package struct IntrinsicExpression: Hashable, Sendable {
    package let text: String
    private let call: IntrinsicCall

    /// - Throws: where the text is no call of a function that there is. The number of arguments is checked when it runs.
    package init(_ text: String) throws(JSONPathError) {
        self.text = text
        var parser = IntrinsicParser(text)
        call = try parser.wholeCall()
    }

    /// - Parameters:
    ///   - input: what `$` is.
    ///   - context: what `$$` is.
    ///   - variables: `$name` by name, without `$`.
    ///   - random: the next random word, for `States.UUID` and `States.MathRandom` without a seed.
    package func evaluate(
        input: JSON, context: JSON, variables: [String: JSON], random: () -> UInt64
    ) throws(IntrinsicFailure) -> JSON {
        try call.value { path in
            path.value(input: input, context: context, variables: variables)
        } random: {
            random()
        }
    }

    /// The paths among the arguments, from left to right.
    package var paths: [PayloadPath] { call.paths }
}

/// Fails the state with this error and cause.
package struct IntrinsicFailure: Error, Hashable, Sendable {
    package var error: String
    package var cause: String
    /// The argument that leads nowhere, where that is the reason; the cause then names field and input.
    package var missingPath: PayloadPath?

    /// - Parameter error: `States.Runtime` is what the service answers, though its documentation has `States.IntrinsicFailure`.
    package init(error: String = "States.Runtime", cause: String, missingPath: PayloadPath? = nil) {
        self.error = error
        self.cause = cause
        self.missingPath = missingPath
    }
}
