package import JSON

/// A definition in the Amazon States Language, read into types.
package struct StateMachineDefinition: Sendable {
    /// The definition as JSON.
    package let source: JSON
    package let comment: String?
    package let queryLanguage: QueryLanguage
    /// Seconds after which an execution times out.
    package let timeoutSeconds: Int?
    /// The outermost states.
    package let flow: StateFlow

    /// - Parameter source: a definition in which ``DefinitionValidator`` finds no error; others are read as far as they make sense.
    package init(_ source: JSON) {
        self.init(source, language: .jsonPath)
    }

    /// - Parameter language: the query language where the definition names none.
    init(_ source: JSON, language: QueryLanguage) {
        self.source = source
        comment = source["Comment"]?.string
        let language = QueryLanguage(of: source) ?? language
        queryLanguage = language
        timeoutSeconds = source["TimeoutSeconds"]?.int
        flow = StateFlow(source, language: language, level: 0)
    }

    /// - Parameter flow: the states of the source, already read.
    init(_ source: JSON, language: QueryLanguage, flow: StateFlow) {
        self.source = source
        comment = flow.comment
        queryLanguage = language
        timeoutSeconds = nil
        self.flow = flow
    }

    package var startAt: String { flow.startAt }
    /// In the order of the definition.
    package var states: [StateDefinition] { flow.states }
}

extension StateMachineDefinition: Hashable {
    package static func == (left: StateMachineDefinition, right: StateMachineDefinition) -> Bool {
        left.flow === right.flow || left.source == right.source
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

extension QueryLanguage {
    init?(of source: JSON) {
        guard let text = source["QueryLanguage"]?.string, let language = QueryLanguage(rawValue: text) else {
            return nil
        }
        self = language
    }
}
