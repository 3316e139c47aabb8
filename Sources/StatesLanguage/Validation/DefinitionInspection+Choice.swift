import JSON

extension DefinitionInspection {
    mutating func checkChoices(_ value: JSON, at spot: Spot) {
        guard let rules = value.array else { return expected("Array", at: spot) }
        guard !rules.isEmpty else { return schema("Value cannot be empty", at: spot) }
        for (index, rule) in rules.enumerated() { checkChoice(rule, by: ChoiceRules.rule, at: spot[index]) }
    }

    private mutating func checkChoice(_ value: JSON, by rule: ObjectRule, at spot: Spot) {
        guard let object = value.object else { return expected("Object", at: spot) }
        let selectors = ChoiceRules.selectors.filter { object[$0] != nil }
        if selectors.count != 1 {
            let names = ChoiceRules.selectors.joined(separator: ", ")
            schema("The object must have only one of the following fields, [\(names)]", at: spot)
        }
        if selectors == ["Variable"], spot.language == .jsonPath {
            switch object.keys.count(where: { ChoiceRules.isOperator($0) }) {
            case 0: tooFew(ChoiceRules.operators, at: spot)
            case 1: break
            default: tooMany(ChoiceRules.operators, at: spot)
            }
        }
        check(object, by: rule, at: spot)
        guard spot.language == .jsonPath else { return }
        for name in ["And", "Or"] { if let parts = object[name] { checkParts(parts, at: spot[name]) } }
        if let part = object["Not"] { checkChoice(part, by: ChoiceRules.nested, at: spot["Not"]) }
    }

    private mutating func checkParts(_ value: JSON, at spot: Spot) {
        guard let parts = value.array else { return expected("Array", at: spot) }
        guard !parts.isEmpty else { return schema("Value cannot be empty", at: spot) }
        for (index, part) in parts.enumerated() { checkChoice(part, by: ChoiceRules.nested, at: spot[index]) }
    }
}

extension ChoiceRules {
    private static let operatorNames = Set(operators)
    static func isOperator(_ name: String) -> Bool { operatorNames.contains(name) }
}
