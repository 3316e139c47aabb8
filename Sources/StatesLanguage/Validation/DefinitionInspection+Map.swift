import JSON

extension DefinitionInspection {
    mutating func checkProcessor(_ value: JSON, at spot: Spot) {
        guard let processor = value.object else { return expected("Object", at: spot) }
        var inner = spot.entered(in: machineLanguage)
        if let configuration = processor["ProcessorConfig"]?.object {
            let isDistributed = configuration["Mode"]?.string == "DISTRIBUTED"
            checkMode(of: configuration, isDistributed: isDistributed, at: spot["ProcessorConfig"])
            if isDistributed, configuration["ExecutionType"]?.string == "EXPRESS" { inner.isExpress = true }
        }
        check(flow: processor, by: StateRules.processor, at: inner)
    }

    private mutating func checkMode(of configuration: JSONObject, isDistributed: Bool, at spot: Spot) {
        if isDistributed, configuration["ExecutionType"] == nil {
            schema("These fields are required: [ExecutionType]", at: spot)
        }
        if !isDistributed, configuration["ExecutionType"] != nil {
            schema("Field 'ExecutionType' is not supported", at: spot)
        }
        if isDistributed, spot.isExpress {
            schema(
                "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines",
                at: spot["Mode"])
        }
    }

    mutating func checkItemReader(_ value: JSON, at spot: Spot) {
        guard let reader = value.object else { return expected("Object", at: spot) }
        check(reader, by: MapRules.itemReader, at: spot)
        if let resource = reader["Resource"]?.string, !Self.isReader(resource) {
            schema("The field 'Resource' does not match any of the allowed values", at: spot["Resource"])
        }
        guard let configuration = reader["ReaderConfig"]?.object else { return }
        checkHeaders(of: configuration, at: spot["ReaderConfig"])
    }

    private mutating func checkHeaders(of configuration: JSONObject, at spot: Spot) {
        let place = configuration["CSVHeaderLocation"]
        switch configuration["InputType"]?.string {
        case "CSV"? where place == nil: schema("The field 'CSVHeaderLocation' is required", at: spot)
        case "JSON"? where place != nil: schema("Field 'CSVHeaderLocation' is not supported", at: spot)
        default: break
        }
        if place?.string == "GIVEN", configuration["CSVHeaders"] == nil {
            schema("These fields are required: [CSVHeaders]", at: spot)
        }
    }

    private static func isReader(_ resource: String) -> Bool {
        resource.hasPrefix("arn:")
            && [":states:::s3:getObject", ":states:::s3:listObjectsV2"].contains { resource.hasSuffix($0) }
    }

    /// What only a distributed Map may have.
    mutating func checkDistribution(of state: JSONObject, at spot: Spot) {
        let processor = state["ItemProcessor"] ?? state["Iterator"]
        guard processor?["ProcessorConfig"]?["Mode"]?.string != "DISTRIBUTED" else { return }
        for name in MapRules.distributedOnly where state[name] != nil {
            schema("Field '\(name)' is not supported", at: spot)
        }
    }

    /// Names the Map run, so it has the characters of names.
    mutating func checkLabel(_ value: JSON, at spot: Spot) {
        guard let label = value.string else { return expected("String", at: spot) }
        if label.unicodeScalars.count > 40 {
            invalidLabel("Label cannot exceed 40 characters", at: spot)
        } else if let scalar = label.unicodeScalars.first(where: Self.isForbidden) {
            invalidLabel("Label contains invalid character: \(QuotedText.quote(String(scalar)))", at: spot)
        } else if !isNew(label: label) {
            add(
                DefinitionDiagnostic(
                    .error, "DUPLICATE_LABEL_NAME", "Duplicate Label name: \(label)", at: spot.location))
        }
    }

    private mutating func invalidLabel(_ message: String, at spot: Spot) {
        add(DefinitionDiagnostic(.error, DefinitionValidator.invalidLabelCode, message, at: spot.location))
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            || "?*<>{}[]:;,\\|^~$#%&`\"".unicodeScalars.contains(scalar)
    }
}
