import JSON

/// One entry of `Catch`.
package struct Catcher: Sendable {
    package let errors: [String]
    package let transition: Transition
    package let next: String
    package let resultPath: ResultPathField
    package let output: PayloadTemplate?
    package let assign: PayloadTemplate?
    package let comment: String?

    init(_ source: JSON, language: QueryLanguage, places: [String: Int]) {
        errors = (source["ErrorEquals"]?.array ?? []).compactMap(\.string)
        next = source["Next"]?.string ?? ""
        transition = Transition(to: next, places)
        resultPath = language == .jsonPath ? ResultPathField(source["ResultPath"]) : .whole
        output = language == .jsonata ? source["Output"].map { PayloadTemplate($0, language: language) } : nil
        assign = source["Assign"].map { PayloadTemplate($0, language: language) }
        comment = source["Comment"]?.string
    }
}
