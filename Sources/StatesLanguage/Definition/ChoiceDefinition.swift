package import JSON

package struct ChoiceDefinition: Sendable {
    package let rules: [ChoiceRule]
    package let defaultTransition: Transition?
    /// `Default`.
    package let defaultNext: String?

    init(_ source: JSON, language: QueryLanguage, places: [String: Int]) {
        rules = (source["Choices"]?.array ?? []).map { ChoiceRule($0, language: language, places: places) }
        defaultNext = source["Default"]?.string
        defaultTransition = defaultNext.map { Transition(to: $0, places) }
    }
}

package struct ChoiceRule: Sendable {
    package let source: JSON
    package let condition: ChoiceCondition
    package let transition: Transition
    package let next: String
    package let output: PayloadTemplate?
    package let assign: PayloadTemplate?
    package let comment: String?

    init(_ source: JSON, language: QueryLanguage, places: [String: Int]) {
        self.source = source
        condition = ChoiceCondition(source, language: language)
        next = source["Next"]?.string ?? ""
        transition = Transition(to: next, places)
        output = language == .jsonata ? source["Output"].map { PayloadTemplate($0, language: language) } : nil
        assign = source["Assign"].map { PayloadTemplate($0, language: language) }
        comment = source["Comment"]?.string
    }
}
