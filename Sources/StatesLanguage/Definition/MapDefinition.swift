package import JSON

/// What a Map state does with its items.
package struct MapDefinition: Sendable {
    package let processor: StateFlow
    /// `ItemProcessor` or `Iterator` as written.
    package let processorSource: JSON
    /// Of the processor's states that name none.
    package let queryLanguage: QueryLanguage
    package let isDistributed: Bool
    /// `STANDARD` or `EXPRESS`; of the children of a distributed Map.
    package let executionType: String
    /// `Label`, or one made of the name.
    package let label: String
    /// `ItemsPath`.
    package let itemsPath: PathField
    /// `Items` of JSONata states.
    package let items: PayloadTemplate?
    /// `ItemSelector` or the older `Parameters`.
    package let itemSelector: PayloadTemplate?
    package let itemSelectorSource: JSON?
    package let itemReader: JSON?
    package let itemBatcher: JSON?
    package let resultWriter: JSON?
    package let maxConcurrency: PayloadTemplate?
    package let toleratedFailureCount: PayloadTemplate?
    package let toleratedFailurePercentage: PayloadTemplate?

    init(_ source: JSON, name: String, language: QueryLanguage, machineLanguage: QueryLanguage, level: Int) {
        let processor = source["ItemProcessor"] ?? source["Iterator"] ?? .object(JSONObject())
        processorSource = processor
        self.processor = StateFlow(processor, language: machineLanguage, level: level + 1)
        queryLanguage = machineLanguage
        let configuration = processor["ProcessorConfig"]
        isDistributed = configuration?["Mode"]?.string == "DISTRIBUTED"
        executionType = configuration?["ExecutionType"]?.string ?? "STANDARD"
        label = source["Label"]?.string ?? Self.label(from: name)
        itemsPath = language == .jsonPath ? PathField(source["ItemsPath"]) : .whole
        items = language == .jsonata ? source["Items"].map { PayloadTemplate($0, language: language) } : nil
        itemSelectorSource = source["ItemSelector"] ?? (language == .jsonPath ? source["Parameters"] : nil)
        itemSelector = itemSelectorSource.map { PayloadTemplate($0, language: language) }
        itemReader = source["ItemReader"]
        itemBatcher = source["ItemBatcher"]
        resultWriter = source["ResultWriter"]
        maxConcurrency = .field("MaxConcurrency", of: source, language: language)
        toleratedFailureCount = .field("ToleratedFailureCount", of: source, language: language)
        toleratedFailurePercentage = .field("ToleratedFailurePercentage", of: source, language: language)
    }

    /// A whole definition of the children of a distributed Map.
    package var definition: StateMachineDefinition {
        StateMachineDefinition(processorSource, language: queryLanguage, flow: processor)
    }

    private static func label(from name: String) -> String {
        String(
            name.unicodeScalars.filter { $0.isASCII && !" \t\n?*<>{}[]:;,\\|^~$#%&`\"".unicodeScalars.contains($0) }
                .prefix(40).map(Character.init))
    }
}
