import JSON

package indirect enum ChoiceCondition: Sendable {
    case and([ChoiceCondition])
    case or([ChoiceCondition])
    case not(ChoiceCondition)
    case compare(ChoiceComparison)
    /// `Condition` of JSONata states.
    case expression(PayloadTemplate)
    case unreadable(String)

    init(_ source: JSON, language: QueryLanguage, level: Int = 0) {
        guard level < 200 else {
            self = .unreadable("nested too deep")
            return
        }
        if language == .jsonata {
            self = .expression(PayloadTemplate(source["Condition"] ?? .null, language: .jsonata))
        } else if let parts = source["And"]?.array {
            self = .and(parts.map { ChoiceCondition($0, language: language, level: level + 1) })
        } else if let parts = source["Or"]?.array {
            self = .or(parts.map { ChoiceCondition($0, language: language, level: level + 1) })
        } else if let part = source["Not"] {
            self = .not(ChoiceCondition(part, language: language, level: level + 1))
        } else if let comparison = ChoiceComparison(source) {
            self = .compare(comparison)
        } else {
            self = .unreadable("no comparison")
        }
    }
}

/// `Variable` beside one comparison operator.
package struct ChoiceComparison: Sendable {
    package let variable: PayloadTemplate
    /// As written: `StringEqualsPath`.
    package let name: String
    package let subject: Subject
    package let relation: Relation
    /// A constant, or what a `…Path` leads to.
    package let operand: PayloadTemplate

    package enum Subject: Hashable, Sendable {
        case string
        case numeric
        case boolean
        case timestamp
    }

    package enum Relation: Hashable, Sendable {
        case equals
        case less
        case greater
        case lessOrEqual
        case greaterOrEqual
        /// `StringMatches`; `*` is any text.
        case matches
        case isNull
        case isPresent
        /// `IsString`, `IsNumeric`, `IsBoolean`, `IsTimestamp`: of the subject.
        case isType
    }

    init?(_ source: JSON) {
        guard let object = source.object,
            let found = object.first(where: { key, _ in Self.operators[key] != nil }),
            let meaning = Self.operators[found.0]
        else { return nil }
        variable = PayloadTemplate.reading(path: source["Variable"]?.string ?? "")
        name = found.0
        (subject, relation) = meaning
        operand =
            name.hasSuffix("Path") ? .reading(path: found.1.string ?? "") : .constant(found.1)
    }

    private static let operators: [String: (Subject, Relation)] = {
        var all: [String: (Subject, Relation)] = [
            "StringMatches": (.string, .matches), "IsNull": (.string, .isNull), "IsPresent": (.string, .isPresent),
            "IsString": (.string, .isType), "IsNumeric": (.numeric, .isType), "IsBoolean": (.boolean, .isType),
            "IsTimestamp": (.timestamp, .isType),
        ]
        let subjects: [(String, Subject)] = [("String", .string), ("Numeric", .numeric), ("Timestamp", .timestamp)]
        let relations: [(String, Relation)] = [
            ("Equals", .equals), ("LessThan", .less), ("GreaterThan", .greater), ("LessThanEquals", .lessOrEqual),
            ("GreaterThanEquals", .greaterOrEqual),
        ]
        for (subjectName, subject) in subjects {
            for (relationName, relation) in relations {
                all[subjectName + relationName] = (subject, relation)
                all[subjectName + relationName + "Path"] = (subject, relation)
            }
        }
        all["BooleanEquals"] = (.boolean, .equals)
        all["BooleanEqualsPath"] = (.boolean, .equals)
        return all
    }()
}
