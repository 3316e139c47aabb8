import JSON

extension DefinitionInspection {
    mutating func checkPath(_ value: JSON, at spot: Spot) {
        guard let text = value.string else { return expected("String", at: spot) }
        guard (try? DataReference(text)) == nil else { return }
        schema("Value must be a valid JSONPath.", at: spot)
    }

    /// - Parameter context: whether it may lead into the context object.
    mutating func checkReference(_ value: JSON, context: Bool, at spot: Spot) {
        guard let text = value.string else { return expected("String", at: spot) }
        guard text.hasPrefix("$") else {
            return spot.stateType == .choice
                ? schema("Value is not a Reference Path: Reference path didn't start with '$'", at: spot)
                : schema("Value must be a valid JSONPath.", at: spot)
        }
        guard let reference = try? DataReference(text), reference.path.isReference,
            context || reference.root != .context
        else { return schema("Value is not a Reference Path", at: spot) }
    }

    mutating func checkResultPath(_ value: JSON, at spot: Spot) {
        guard let text = value.string else { return expected("String", at: spot) }
        guard text.hasPrefix("$") else { return schema("Value must be a valid JSONPath.", at: spot) }
        guard let path = try? JSONPath(text), path.isReference else {
            return schema("Value is not a Reference Path", at: spot)
        }
    }

    mutating func checkPathOrIntrinsic(_ value: JSON, at spot: Spot) {
        guard let text = value.string else { return expected("String", at: spot) }
        guard !Self.isPathOrIntrinsic(text) else { return }
        schema("Value must be a valid JSONPath or a valid intrinsic function call", at: spot)
    }

    static func isPathOrIntrinsic(_ text: String) -> Bool {
        text.hasPrefix("$") ? (try? DataReference(text)) != nil : (try? IntrinsicExpression(text)) != nil
    }
}
