import AWSCore
import JSON

/// What requests that touch items have in common.
struct OperationInput {
    let json: JSON
    var names: ExpressionNames

    private static let legacy = [
        "Expected", "AttributeUpdates", "ConditionalOperator", "AttributesToGet", "KeyConditions", "QueryFilter",
        "ScanFilter",
    ]

    init(_ json: JSON) throws(ServiceError) {
        if let member = Self.legacy.first(where: { json[$0] != nil }) {
            throw ServiceError(
                "NotImplemented", "fntop does not serve the legacy parameter \(member); use an expression instead",
                status: 501)
        }
        self.json = json
        names = try ExpressionNames(json)
    }

    mutating func condition(_ member: String = "ConditionExpression") throws(ServiceError) -> Condition? {
        guard let source = json[member]?.string else { return nil }
        var parser = try ExpressionParser(source, kind: member, names: names)
        let condition = try parser.condition()
        names = parser.names
        return condition
    }

    mutating func update() throws(ServiceError) -> Update? {
        guard let source = json["UpdateExpression"]?.string else { return nil }
        var parser = try ExpressionParser(source, kind: "UpdateExpression", names: names)
        let update = try parser.update()
        names = parser.names
        return update
    }

    mutating func projection() throws(ServiceError) -> Projection? {
        guard let source = json["ProjectionExpression"]?.string else { return nil }
        var parser = try ExpressionParser(source, kind: "ProjectionExpression", names: names)
        let paths = try parser.projection()
        names = parser.names
        return Projection(paths)
    }

    /// - Throws: when the value is none of those that the operation knows.
    func returnValues(_ allowed: [String]) throws(ServiceError) -> String {
        guard let value = json["ReturnValues"]?.string else { return "NONE" }
        let all = ["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"]
        guard all.contains(value) else {
            throw .validation(
                "1 validation error detected: Value '\(value)' at 'returnValues' failed to satisfy constraint: Member must "
                    + "satisfy enum value set: [\(all.joined(separator: ", "))]")
        }
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
    func capacity(_ table: String, _ units: Double) -> JSON? {
        guard let wish = json["ReturnConsumedCapacity"]?.string, wish != "NONE" else { return nil }
        var capacity: JSON = ["TableName": .string(table), "CapacityUnits": .double(units)]
        if wish == "INDEXES" { capacity["Table"] = ["CapacityUnits": .double(units)] }
        return capacity
    }

    /// Units of a read of so many bytes: 4 KiB each, half for eventually consistent ones.
    func readUnits(_ bytes: Int) -> Double {
        let units = Double(max((bytes + 4095) / 4096, 1))
        return json["ConsistentRead"]?.bool == true ? units : units / 2
    }

    static func writeUnits(_ bytes: Int) -> Double { Double(max((bytes + 1023) / 1024, 1)) }
}
