package import JSON

/// A state as the definition has it, with its paths, templates and expressions read.
package final class StateDefinition: Sendable {
    package let name: String
    package let source: JSON
    package let comment: String?
    package let type: StateType
    package let queryLanguage: QueryLanguage
    package let body: StateBody

    /// Where it leads by itself; ``Transition/end`` for states that end and for Choice.
    package let transition: Transition
    /// `Next`.
    package let next: String?
    /// `End: true`.
    package let isEnd: Bool

    package let inputPath: PathField
    package let parameters: PayloadTemplate?
    package let resultSelector: PayloadTemplate?
    package let resultPath: ResultPathField
    package let outputPath: PathField
    /// `Output` of JSONata states.
    package let output: PayloadTemplate?
    package let assign: PayloadTemplate?
    package let retriers: [Retrier]
    package let catchers: [Catcher]

    /// What comes in goes out unchanged: no path, template or assignment.
    let passesInput: Bool

    init(name: String, _ source: JSON, language: QueryLanguage, places: [String: Int], level: Int) {
        self.name = name
        self.source = source
        comment = source["Comment"]?.string
        type = StateType(rawValue: source["Type"]?.string ?? "") ?? .pass
        // States inside of it have the machine's language again, whatever this one has.
        let machineLanguage = language
        let language = QueryLanguage(of: source) ?? machineLanguage
        queryLanguage = language
        body = StateBody(
            type, source, name: name, language: language, machineLanguage: machineLanguage, places: places, level: level
        )

        next = source["Next"]?.string
        isEnd = source["End"]?.bool == true
        transition = source["Next"]?.string.map { Transition(to: $0, places) } ?? .end

        inputPath = language == .jsonPath ? PathField(source["InputPath"]) : .whole
        outputPath = language == .jsonPath ? PathField(source["OutputPath"]) : .whole
        resultPath = language == .jsonPath ? ResultPathField(source["ResultPath"]) : .whole
        let parameters = source[language == .jsonPath ? "Parameters" : "Arguments"]
        self.parameters =
            type == .map ? nil : parameters.map { PayloadTemplate($0, language: language) }
        resultSelector =
            language == .jsonPath ? source["ResultSelector"].map { PayloadTemplate($0, language: language) } : nil
        output = language == .jsonata ? source["Output"].map { PayloadTemplate($0, language: language) } : nil
        assign = source["Assign"].map { PayloadTemplate($0, language: language) }
        let hasNoFields =
            parameters == nil && ["Output", "Assign", "Result"].allSatisfy { source[$0] == nil }
        passesInput = hasNoFields && inputPath == .whole && outputPath == .whole && resultPath == .whole
        retriers = (source["Retry"]?.array ?? []).map { Retrier($0) }
        catchers = (source["Catch"]?.array ?? []).map { Catcher($0, language: language, places: places) }
    }
}

package enum StateType: String, Hashable, Sendable, CaseIterable {
    case task = "Task"
    case pass = "Pass"
    case choice = "Choice"
    case wait = "Wait"
    case succeed = "Succeed"
    case fail = "Fail"
    case parallel = "Parallel"
    case map = "Map"
}
