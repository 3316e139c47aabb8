import JSON

extension DefinitionInspection {
    /// First what the object as a whole has wrong, then its fields one by one.
    mutating func check(_ object: JSONObject, by rule: ObjectRule, at spot: Spot) {
        for name in object.keys {
            guard let field = rule.field[name] else {
                schema("Field '\(name)' is not supported", at: spot)
                continue
            }
            guard let language = field.language, language != spot.language, !spot.isDowngraded else { continue }
            schema(
                "The QueryLanguage is set to '\(spot.language.rawValue)', but field '\(name)' is only supported for the "
                    + "'\(language.rawValue)' QueryLanguage", at: spot)
        }
        let missing = rule.required.filter { object[$0] == nil }
        if !missing.isEmpty { schema("These fields are required: [\(missing.joined(separator: ", "))]", at: spot) }
        for group in rule.exclusive where present(group, in: object) > 1 { tooMany(group, at: spot) }
        for group in rule.oneOf {
            switch present(group, in: object) {
            case 0: tooFew(group, at: spot)
            case 1: break
            default: tooMany(group, at: spot)
            }
        }
        for (name, value) in object {
            guard let field = rule.field[name], field.language == nil || field.language == spot.language else {
                continue
            }
            var inner = spot[name]
            inner.place = field.place
            check(value, by: field, at: inner)
        }
    }

    mutating func tooMany(_ names: [String], at spot: Spot) {
        schema("There should only be one of the following fields: [\(names.joined(separator: ", "))]", at: spot)
    }

    mutating func tooFew(_ names: [String], at spot: Spot) {
        schema("This object should have only one of the following fields: [\(names.joined(separator: ", "))]", at: spot)
    }

    /// `End: false` says as much as no `End`.
    private func present(_ names: [String], in object: JSONObject) -> Int {
        names.count { name in object[name].map { !(name == "End" && $0 == .bool(false)) } ?? false }
    }
}
