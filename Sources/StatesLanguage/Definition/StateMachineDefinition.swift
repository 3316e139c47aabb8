package import JSON

/// A definition in the Amazon States Language, read into types.
package struct StateMachineDefinition: Hashable, Sendable {
    /// The definition as JSON.
    package let source: JSON

    /// - Parameter source: a definition in which ``DefinitionValidator`` finds no error; others are read as far as they make sense.
    package init(_ source: JSON) {
        self.source = source
    }
}
