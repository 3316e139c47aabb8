/// The fields of Choice rules.
enum ChoiceRules {
    static let selectors = ["And", "Or", "Not", "Variable", "Condition"]

    /// In the order in which messages list them.
    static let operators: [String] = comparisons.map(\.name)
    static let comparisons: [FieldRule] = {
        let relations = ["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"]
        let subjects: [(String, FieldKind)] = [
            ("String", .text), ("Numeric", .decimal(-Double.infinity...Double.infinity)), ("Timestamp", .timestamp),
        ]
        var fields: [FieldRule] = []
        for (subject, kind) in subjects {
            for relation in relations {
                fields.append(FieldRule(subject + relation, kind, .jsonPath))
                fields.append(FieldRule(subject + relation + "Path", .reference(context: true), .jsonPath))
            }
        }
        fields += [
            FieldRule("BooleanEquals", .boolean, .jsonPath),
            FieldRule("BooleanEqualsPath", .reference(context: true), .jsonPath),
            FieldRule("StringMatches", .text, .jsonPath),
        ]
        let types = ["IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp"]
        return fields + types.map { FieldRule($0, .boolean, .jsonPath) }
    }()

    private static let condition: [FieldRule] =
        comparisons + [
            FieldRule("Variable", .reference(context: true), .jsonPath), FieldRule("And", .constant, .jsonPath),
            FieldRule("Or", .constant, .jsonPath), FieldRule("Not", .constant, .jsonPath),
            FieldRule("Condition", .boolean, .jsonata, expression: true), FieldRule("Comment", .text),
        ]

    static let rule = ObjectRule(
        condition + [
            FieldRule("Next", .text), FieldRule("Output", .template, .jsonata), FieldRule("Assign", .assignments),
        ],
        required: ["Next"])

    /// Inside of And, Or and Not.
    static let nested = ObjectRule(condition)
}
