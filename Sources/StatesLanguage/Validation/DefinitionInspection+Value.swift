import JSON

extension DefinitionInspection {
    mutating func check(_ value: JSON, by field: FieldRule, at spot: Spot) {
        if field.takesExpression, spot.language == .jsonata, let text = value.string, text.hasPrefix("{%") {
            checkExpression(text, at: spot)
            return
        }
        switch field.kind {
        case .text: checkText(value, at: spot)
        case .boolean: if value.bool == nil { expected("Boolean", at: spot) }
        case .integer(let range): checkInteger(value, in: range, at: spot)
        case .decimal(let range): checkDecimal(value, in: range, at: spot)
        case .word(let words): checkWord(value, among: words, at: spot)
        case .constant: break
        case .path: if !value.isNull { checkPath(value, at: spot) }
        case .reference(let context): checkReference(value, context: context, at: spot)
        case .resultPath: if !value.isNull { checkResultPath(value, at: spot) }
        case .pathOrIntrinsic: checkPathOrIntrinsic(value, at: spot)
        case .timestamp: checkTimestamp(value, at: spot)
        case .template: checkTemplate(value, at: spot)
        case .assignments: checkAssignments(value, at: spot)
        case .object(let rule): checkObject(value, by: rule, at: spot)
        case .objects(let rule): checkObjects(value, by: rule, at: spot)
        case .texts: checkTexts(value, at: spot)
        case .custom(let field): check(value, by: field, at: spot)
        }
    }

    mutating func expected(_ type: String, at spot: Spot) { schema("Expected value of type \(type)", at: spot) }

    private mutating func checkText(_ value: JSON, at spot: Spot) {
        guard let text = value.string else { return expected("String", at: spot) }
        guard spot.language == .jsonPath, text.hasPrefix("$."), !spot.location.hasSuffix("/Comment") else { return }
        add(
            DefinitionDiagnostic(
                .warning, "NO_PATH", "Field value looks like a path, but field name does not end with 'Path'",
                at: spot.location))
    }

    private mutating func checkInteger(_ value: JSON, in range: ClosedRange<Int>, at spot: Spot) {
        guard let number = value.number else { return expected("Integer", at: spot) }
        if let whole = number.int {
            if whole < range.lowerBound { schema("Minimum value is \(range.lowerBound)", at: spot) }
            if whole > range.upperBound { schema("Maximum value is \(range.upperBound)", at: spot) }
        } else if number.double == number.double.rounded(), abs(number.double) >= 9e15 {
            number.double < 0
                ? schema("Minimum value is \(range.lowerBound)", at: spot)
                : range.upperBound < Int.max ? schema("Maximum value is \(range.upperBound)", at: spot) : ()
        } else {
            expected("Integer", at: spot)
        }
    }

    private mutating func checkDecimal(_ value: JSON, in range: ClosedRange<Double>, at spot: Spot) {
        guard let number = value.number?.double else { return expected("Number", at: spot) }
        if number < range.lowerBound { schema("Minimum value is \(range.lowerBound)", at: spot) }
        if number > range.upperBound { schema("Maximum value is \(range.upperBound)", at: spot) }
    }

    mutating func checkWord(_ value: JSON, among words: [String], at spot: Spot) {
        guard let word = value.string else { return expected("[STRING]", at: spot) }
        guard !words.contains(word) else { return }
        schema("Value should be one of the following: [\(words.joined(separator: ", "))]", at: spot)
    }

    private mutating func checkTimestamp(_ value: JSON, at spot: Spot) {
        guard let text = value.string else { return expected("String", at: spot) }
        guard !RFC3339.isTimestamp(text) else { return }
        schema("String does not match RFC3339 timestamp", at: spot)
    }

    mutating func checkObject(_ value: JSON, by rule: ObjectRule, at spot: Spot) {
        guard let object = value.object else { return expected("Object", at: spot) }
        check(object, by: rule, at: spot)
    }

    mutating func checkObjects(_ value: JSON, by rule: ObjectRule, at spot: Spot) {
        guard let values = value.array else { return expected("Array", at: spot) }
        for (index, value) in values.enumerated() { checkObject(value, by: rule, at: spot[index]) }
    }

    mutating func checkTexts(_ value: JSON, at spot: Spot) {
        guard let values = value.array else { return expected("Array", at: spot) }
        for (index, value) in values.enumerated() where value.string == nil { expected("String", at: spot[index]) }
    }
}
