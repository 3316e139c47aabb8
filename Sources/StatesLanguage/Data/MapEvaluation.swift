package import JSON

extension EvaluationScope {
    /// The items of a Map state that come from its input.
    package func items(of map: MapDefinition, effective: JSON) throws(StateFailure) -> [JSON] {
        if language == .jsonata { return try evaluatedItems(of: map) }
        let found = try apply(map.itemsPath, to: effective)
        guard let items = found.array else {
            throw .runtime("Reference path \"\(map.itemsPath.pathText)\" must point to array.")
        }
        return items
    }

    private func evaluatedItems(of map: MapDefinition) throws(StateFailure) -> [JSON] {
        guard let template = map.items else {
            guard let items = input.array else {
                throw .query("Map state input must be an array but was: \(input.text)", field: nil)
            }
            return items
        }
        let value = try evaluate(template, with: StatesObject(), field: "Items")
        return try typed(value, "array", of: template, "Items").array ?? []
    }

    package func maxConcurrency(of map: MapDefinition, effective: JSON) throws(StateFailure) -> Int {
        guard let template = map.maxConcurrency else { return 0 }
        return try count(template, "MaxConcurrency", in: effective)
    }

    package func toleratedCount(of map: MapDefinition, effective: JSON) throws(StateFailure) -> Int {
        guard let template = map.toleratedFailureCount else { return 0 }
        return try count(template, "ToleratedFailureCount", in: effective)
    }

    package func toleratedPercentage(of map: MapDefinition, effective: JSON) throws(StateFailure) -> Double {
        let name = "ToleratedFailurePercentage"
        guard let template = map.toleratedFailurePercentage else { return 0 }
        let value = try field(template, name, in: effective)
        let number: Double
        if language == .jsonata {
            number = try typed(value, "number", of: template, name).double ?? 0
        } else if let found = value.double ?? value.string.flatMap(Double.init) {
            number = found
        } else {
            throw .runtime(
                "The \(name)Path field refers to value \"\(value.string ?? value.text)\" which is not a valid float: "
                    + template.text)
        }
        guard (0...100).contains(number) else {
            let text = "\(name) must be between 0 and 100."
            throw language == .jsonata ? .query(text, field: name) : .runtime(text)
        }
        return number
    }

    /// The input of an iteration; this scope's context must hold the item.
    package func itemInput(_ selector: PayloadTemplate, effective: JSON) throws(StateFailure) -> JSON {
        switch language {
        case .jsonPath: try fill(selector, with: effective, field: "ItemSelector")
        case .jsonata: try evaluate(selector, with: StatesObject(), field: "ItemSelector")
        }
    }
}

extension PathField {
    /// As written.
    package var text: String {
        switch self {
        case .whole: "$"
        case .none: "null"
        case .path(let reference): reference.text
        case .unreadable(let text): text
        }
    }
}

extension PathField {
    /// As written, but for the document that it leads into: `$.Execution` of `$$.Execution`.
    var pathText: String {
        guard case .path(let reference) = self else { return text }
        return reference.path.text
    }
}

extension MapDefinition {
    /// `$$.Map` of an item.
    static func context(index: Int, value: JSON) -> JSON { ["Item": ["Index": .int(index), "Value": value]] }
}
