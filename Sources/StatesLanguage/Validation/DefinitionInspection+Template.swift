import JSON

extension DefinitionInspection {
    mutating func checkTemplate(_ value: JSON, at spot: Spot) {
        switch (value, spot.language) {
        case (.string(let text), .jsonata): if text.hasPrefix("{%") { checkExpression(text, at: spot) }
        case (.object(let object), .jsonata):
            for (name, value) in object { checkTemplate(value, at: spot[name]) }
        case (.object(let object), .jsonPath):
            for (name, value) in object { checkMember(name, value, at: spot) }
        case (.array(let values), _):
            for (index, value) in values.enumerated() { checkTemplate(value, at: spot[index]) }
        default: break
        }
    }

    private mutating func checkMember(_ name: String, _ value: JSON, at spot: Spot) {
        guard name.hasSuffix(".$") else {
            warn(name, value, at: spot)
            checkTemplate(value, at: spot[name])
            return
        }
        guard let text = value.string, Self.isPathOrIntrinsic(text) else {
            return schema(
                "The value for the field '\(name)' must be a valid JSONPath or a valid intrinsic function call",
                at: spot)
        }
    }

    private mutating func warn(_ name: String, _ value: JSON, at spot: Spot) {
        guard let text = value.string else { return }
        let looksLikePath =
            text.hasPrefix("$.") || text.hasPrefix("$$.") || text.hasPrefix("States.") && text.hasSuffix(")")
        guard looksLikePath, Self.isPathOrIntrinsic(text) else { return }
        add(
            DefinitionDiagnostic(
                .warning, "NO_DOLLAR",
                "No .$ on a field that appears to be a JSONPath or Intrinsic Function: '\(name)'",
                at: spot[name].location))
    }

    /// Letters first, then letters and digits; at most 80 of them.
    mutating func checkAssignments(_ value: JSON, at spot: Spot) {
        guard let object = value.object else { return expected("Object", at: spot) }
        for key in object.keys {
            let isDynamic = spot.language == .jsonPath && key.hasSuffix(".$")
            checkVariable(isDynamic ? String(key.dropLast(2)) : key, at: spot)
        }
        checkTemplate(value, at: spot)
    }

    private mutating func checkVariable(_ name: String, at spot: Spot) {
        guard name != "states" else {
            let message = "Cannot assign to reserved variable '$states'."
            return add(DefinitionDiagnostic(.error, "RESERVED_VARIABLE_NAME", message, at: spot.location))
        }
        let scalars = name.unicodeScalars
        guard
            let reason = scalars.count > 80
                ? "the variable name exceeds the 80-character limit allowed by the service"
                : Self.isIdentifier(scalars) ? nil : "the variable name contains invalid characters"
        else { return }
        add(
            DefinitionDiagnostic(
                .error, "INVALID_VARIABLE_NAME", "Invalid variable name '\(name)': \(reason).", at: spot.location))
    }

    private static func isIdentifier(_ scalars: String.UnicodeScalarView) -> Bool {
        guard let first = scalars.first, first.properties.isIDStart || first == "_" else { return false }
        return scalars.allSatisfy { $0.properties.isIDContinue }
    }
}
