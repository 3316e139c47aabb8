import AWSCore
import JSON

/// What requests that touch items have in common.
struct OperationInput: Sendable {
    let json: JSON
    var names: ExpressionNames
    /// Whether it has parameters from before there were expressions.
    let isLegacy: Bool

    init(_ json: JSON) throws(ServiceError) {
        self.json = json
        isLegacy = try LegacyParameters.check(json)
        names = try ExpressionNames(json)
        guard let wish = json["ReturnConsumedCapacity"]?.string else { return }
        try Self.check(wish, "returnConsumedCapacity", ["INDEXES", "TOTAL", "NONE"])
    }

    static func check(_ value: String, _ member: String, _ allowed: [String]) throws(ServiceError) {
        guard !allowed.contains(value) else { return }
        throw .validation(
            "1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy constraint: Member must satisfy "
                + "enum value set: [\(allowed.joined(separator: ", "))]")
    }

    var isConsistent: Bool { json["ConsistentRead"]?.bool == true }

    /// The condition of a write: an expression, or `Expected`.
    mutating func condition(_ member: String = "ConditionExpression") throws(ServiceError) -> Condition? {
        guard let source = json[member]?.string else {
            guard isLegacy else { return nil }
            return try LegacyParameters.condition(json, for: member)
        }
        var parser = try ExpressionParser(source, kind: member, names: names)
        let condition = try parser.condition()
        names = parser.names
        return condition
    }

    mutating func update() throws(ServiceError) -> Update? {
        guard let source = json["UpdateExpression"]?.string else {
            return isLegacy ? try LegacyParameters.update(json) : nil
        }
        var parser = try ExpressionParser(source, kind: "UpdateExpression", names: names)
        let update = try parser.update()
        names = parser.names
        return update
    }

    mutating func projection() throws(ServiceError) -> Projection? {
        guard let source = json["ProjectionExpression"]?.string else {
            return isLegacy ? try LegacyParameters.projection(json) : nil
        }
        var parser = try ExpressionParser(source, kind: "ProjectionExpression", names: names)
        let paths = try parser.projection()
        names = parser.names
        return Projection(paths)
    }

    /// - Throws: when the value is none of those that the operation knows.
    func returnValues(_ allowed: [String]) throws(ServiceError) -> String {
        guard let value = json["ReturnValues"]?.string else { return "NONE" }
        try Self.check(value, "returnValues", ["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"])
        guard allowed.contains(value) else { throw .validation("ReturnValues can only be ALL_OLD or NONE") }
        return value
    }

    /// - Throws: `ConditionalCheckFailedException`, with the item where that is asked for.
    func check(_ condition: Condition?, _ item: Item?) throws(ServiceError) {
        guard let condition, !condition.holds(item ?? Item()) else { return }
        var details = JSONObject()
        if json["ReturnValuesOnConditionCheckFailure"]?.string == "ALL_OLD", let item { details["Item"] = item.json }
        throw ServiceError("ConditionalCheckFailedException", "The conditional request failed", details: details)
    }

    /// `ConsumedCapacity`, where it is asked for.
    func consumed(_ capacity: Capacity, _ table: String, kind: Capacity.Kind? = nil) -> JSON? {
        guard let wish = json["ReturnConsumedCapacity"]?.string, wish != "NONE" else { return nil }
        return capacity.json(table, hasIndexes: wish == "INDEXES", kind: kind)
    }

    var wantsCollectionMetrics: Bool { json["ReturnItemCollectionMetrics"]?.string == "SIZE" }
}
