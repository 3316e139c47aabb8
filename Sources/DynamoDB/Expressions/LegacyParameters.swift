import AWSCore
import JSON

/// The parameters from before there were expressions, as conditions, updates and projections.
enum LegacyParameters {
    private static let old = [
        "AttributesToGet", "AttributeUpdates", "QueryFilter", "ScanFilter", "Expected", "ConditionalOperator",
        "KeyConditions",
    ]
    private static let oldNames = Set(old)
    private static let expressions = [
        "ProjectionExpression", "FilterExpression", "UpdateExpression", "ConditionExpression", "KeyConditionExpression",
    ]

    /// - Returns: whether there are any.
    /// - Throws: `ValidationException` when there are expressions too.
    static func check(_ json: JSON) throws(ServiceError) -> Bool {
        guard let object = json.object, object.keys.contains(where: oldNames.contains) else { return false }
        let given = old.filter { object[$0] != nil }
        let expressions = expressions.filter { object[$0] != nil }
        guard expressions.isEmpty else {
            throw .validation(
                "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
                    + "{\(given.joined(separator: ", "))} Expression parameters: {\(expressions.joined(separator: ", "))}"
            )
        }
        return true
    }

    // MARK: Conditions

    private static let members = [
        "ConditionExpression": "Expected", "FilterExpression": "QueryFilter", "KeyConditionExpression": "KeyConditions",
    ]

    /// - Parameter expression: the member that took the old one's place.
    static func condition(_ json: JSON, for expression: String) throws(ServiceError) -> Condition? {
        let member = expression == "FilterExpression" && json["ScanFilter"] != nil ? "ScanFilter" : members[expression]
        guard let member else { return nil }
        let conditions = json[member]?.object ?? JSONObject()
        try checkOperator(json)
        var parts: [Condition] = []
        for (name, part) in conditions {
            parts.append(
                member == "Expected"
                    ? try expected(name, part) : try comparison(name, part, isKey: member == "KeyConditions"))
        }
        guard member != "KeyConditions" || (1...2).contains(parts.count) || json[member] == nil else {
            throw .validation("Conditions can be of length 1 or 2 only")
        }
        guard let first = parts.first else { return nil }
        let isOr = json["ConditionalOperator"]?.string == "OR" && member != "KeyConditions"
        return parts.dropFirst().reduce(first) { isOr ? .or($0, $1) : .and($0, $1) }
    }

    private static func checkOperator(_ json: JSON) throws(ServiceError) {
        guard let name = json["ConditionalOperator"]?.string else { return }
        try OperationInput.check(name, "conditionalOperator", ["OR", "AND"])
        let filter = json["Expected"] ?? json["QueryFilter"] ?? json["ScanFilter"]
        guard let count = filter?.object?.count, count > 0 else {
            throw .validation("ConditionalOperator cannot be used without Filter or Expected")
        }
        guard count > 1 else {
            throw .validation("ConditionalOperator can only be used when Filter or Expected has two or more elements")
        }
    }

    private static func expected(_ name: String, _ json: JSON) throws(ServiceError) -> Condition {
        let exists = json["Exists"]?.bool
        guard json["ComparisonOperator"] == nil else {
            guard exists == nil else {
                throw .invalid("Exists and ComparisonOperator cannot be used together for Attribute: \(name)")
            }
            guard json["Value"] == nil || json["AttributeValueList"] == nil else {
                throw .invalid("Value and AttributeValueList cannot be used together for Attribute: \(name)")
            }
            var json = json
            if let value = json["Value"] { json["AttributeValueList"] = .array([value]) }
            return try comparison(name, json, isKey: false)
        }
        guard json["AttributeValueList"] == nil else {
            throw .invalid("AttributeValueList can only be used with a ComparisonOperator for Attribute: \(name)")
        }
        let path = DocumentPath(root: name)
        guard exists != false else {
            guard json["Value"] == nil else {
                throw .invalid("Value cannot be used when Exists is false for Attribute: \(name)")
            }
            return .notExists(path)
        }
        guard let value = json["Value"] else {
            throw .invalid(
                "Value must be provided when Exists is \(exists.map { "\($0)" } ?? "null") for Attribute: \(name)")
        }
        return .compare(.equal, .path(path), .value(try AttributeValue(value)))
    }

    private static let comparisons: [String: Condition.Comparison] = [
        "EQ": .equal, "NE": .notEqual, "LT": .less, "LE": .lessOrEqual, "GT": .greater, "GE": .greaterOrEqual,
    ]
    private static let others = ["IN", "BETWEEN", "NOT_NULL", "NULL", "CONTAINS", "NOT_CONTAINS", "BEGINS_WITH"]

    private static func comparison(_ name: String, _ json: JSON, isKey: Bool) throws(ServiceError) -> Condition {
        guard let kind = json["ComparisonOperator"]?.string else { throw .missing("comparisonOperator") }
        guard comparisons[kind] != nil || others.contains(kind) else {
            throw .validation(
                "1 validation error detected: Value '\(kind)' at 'comparisonOperator' failed to satisfy constraint: Member must "
                    + "satisfy enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, "
                    + "CONTAINS]")
        }
        var values: [AttributeValue] = []
        for value in json["AttributeValueList"]?.array ?? [] { values.append(try AttributeValue(value)) }
        try check(values, kind)
        guard !isKey || !["NE", "IN", "NOT_NULL", "NULL", "CONTAINS", "NOT_CONTAINS"].contains(kind) else {
            throw .validation("Attempted conditional constraint is not an indexable operation")
        }
        let path = DocumentPath(root: name)
        let operands = values.map { Operand.value($0) }
        switch kind {
        case "NULL": return .notExists(path)
        case "NOT_NULL": return .exists(path)
        case "IN": return .isIn(.path(path), operands)
        case "BETWEEN": return .between(.path(path), operands[0], operands[1])
        case "CONTAINS": return .contains(.path(path), operands[0])
        case "NOT_CONTAINS": return .not(.contains(.path(path), operands[0]))
        case "BEGINS_WITH": return .beginsWith(.path(path), operands[0])
        default: return .compare(comparisons[kind] ?? .equal, .path(path), operands[0])
        }
    }

    private static func check(_ values: [AttributeValue], _ kind: String) throws(ServiceError) {
        let counts: ClosedRange<Int> =
            switch kind {
            case "NULL", "NOT_NULL": 0...0
            case "IN": 1...100
            case "BETWEEN": 2...2
            default: 1...1
            }
        guard counts.contains(values.count) else {
            throw .invalid("Invalid number of argument(s) for the \(kind) ComparisonOperator")
        }
        let allowed: [String]? =
            switch kind {
            case "LT", "LE", "GT", "GE", "BETWEEN", "IN", "CONTAINS", "NOT_CONTAINS": ["S", "N", "B"]
            case "BEGINS_WITH": ["S", "B"]
            default: nil
            }
        if let allowed, let wrong = values.first(where: { !allowed.contains($0.kind) }) {
            throw .invalid("ComparisonOperator \(kind) is not valid for \(wrong.kind) AttributeValue type")
        }
        guard kind != "BETWEEN" || values[0].kind == values[1].kind, kind != "IN" || Set(values.map(\.kind)).count == 1
        else {
            throw .invalid("AttributeValues inside AttributeValueList must be of same type")
        }
        guard kind != "BETWEEN" || values[1].isLess(than: values[0]) != true else {
            throw .validation(
                "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound")
        }
    }

    // MARK: Updates and projections

    static func update(_ json: JSON) throws(ServiceError) -> Update? {
        guard let updates = json["AttributeUpdates"]?.object else { return nil }
        var update = Update()
        for (name, part) in updates {
            update.actions.append((DocumentPath(root: name), try action(part)))
        }
        return update
    }

    private static func action(_ json: JSON) throws(ServiceError) -> Update.Action {
        let kind = json["Action"]?.string ?? "PUT"
        try OperationInput.check(kind, "attributeUpdates.member.action", ["ADD", "DELETE", "PUT"])
        guard let source = json["Value"] else {
            guard kind == "DELETE" else {
                throw .invalid("Only DELETE action is allowed when no attribute value is specified")
            }
            return .remove
        }
        let value = try AttributeValue(source)
        switch kind {
        case "ADD":
            guard ["N", "SS", "NS", "BS", "L"].contains(value.kind) else {
                throw .invalid("ADD action is not supported for the type \(value.kind)")
            }
            return .add(value)
        case "DELETE":
            guard ["SS", "NS", "BS"].contains(value.kind) else {
                throw .invalid("DELETE action with value is not supported for the type \(value.kind)")
            }
            return .delete(value)
        default: return .set(.value(value))
        }
    }

    static func projection(_ json: JSON) throws(ServiceError) -> Projection? {
        guard let names = json["AttributesToGet"]?.array?.compactMap(\.string) else { return nil }
        guard !names.isEmpty else {
            throw .validation(
                "1 validation error detected: Value '[]' at 'attributesToGet' failed to satisfy constraint: Member must have "
                    + "length greater than or equal to 1")
        }
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            throw .invalid("Duplicate value in attribute name: \(name)")
        }
        return Projection(names.map { DocumentPath(root: $0) })
    }
}

extension ServiceError {
    static func invalid(_ problem: String) -> ServiceError {
        .validation("One or more parameter values were invalid: \(problem)")
    }
}
