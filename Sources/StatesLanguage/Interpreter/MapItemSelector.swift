package import JSON

/// `ItemSelector` of a distributed Map with all that its expressions may see.
package struct MapItemSelector: Hashable, Sendable {
    /// The template as written.
    package var template: JSON
    package var language: QueryLanguage
    package var input: JSON
    package var context: JSON
    package var variables: [String: JSON]

    package init(template: JSON, language: QueryLanguage, input: JSON, context: JSON, variables: [String: JSON]) {
        self.template = template
        self.language = language
        self.input = input
        self.context = context
        self.variables = variables
    }
}

package enum QueryLanguage: String, Hashable, Sendable {
    case jsonPath = "JSONPath"
    case jsonata = "JSONata"
}
