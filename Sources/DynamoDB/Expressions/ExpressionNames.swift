import AWSCore
import JSON

/// The names and values that expressions stand for, and which of them were used.
struct ExpressionNames {
    private let names: [String: String]
    private let values: [String: AttributeValue]
    private var usedNames: Set<String> = []
    private var usedValues: Set<String> = []

    /// - Throws: `ValidationException` for names and values that are not proper.
    init(_ input: JSON) throws(ServiceError) {
        let givenNames = input["ExpressionAttributeNames"]?.object
        let givenValues = input["ExpressionAttributeValues"]?.object
        guard givenNames != nil || givenValues != nil else {
            names = [:]
            values = [:]
            return
        }
        try Self.checkUse(input, givenNames, givenValues)
        var names: [String: String] = [:]
        for (key, value) in givenNames ?? JSONObject() {
            guard key.hasPrefix("#"), key.count > 1, let name = value.string else {
                throw .validation("ExpressionAttributeNames contains invalid key: Syntax error; key: \"\(key)\"")
            }
            names[key] = name
        }
        var values: [String: AttributeValue] = [:]
        for (key, value) in givenValues ?? JSONObject() {
            guard key.hasPrefix(":"), key.count > 1 else {
                throw .validation("ExpressionAttributeValues contains invalid key: Syntax error; key: \"\(key)\"")
            }
            do throws(ServiceError) {
                values[key] = try AttributeValue(value)
            } catch {
                throw .validation("ExpressionAttributeValues contains invalid value: \(error.message) for key \(key)")
            }
        }
        self.names = names
        self.values = values
    }

    private static func checkUse(
        _ input: JSON, _ names: JSONObject?, _ values: JSONObject?
    ) throws(ServiceError) {
        let conditions = [
            "FilterExpression", "KeyConditionExpression", "UpdateExpression", "ConditionExpression",
        ]
        let takesValues = conditions.contains { input[$0] != nil }
        guard names == nil || takesValues || input["ProjectionExpression"] != nil else {
            throw .validation("ExpressionAttributeNames can only be specified when using expressions")
        }
        guard values == nil || takesValues else {
            throw .validation("ExpressionAttributeValues can only be specified when using expressions")
        }
        guard names?.isEmpty != true else { throw .validation("ExpressionAttributeNames must not be empty") }
        guard values?.isEmpty != true else { throw .validation("ExpressionAttributeValues must not be empty") }
    }

    mutating func name(_ placeholder: String, _ kind: String) throws(ServiceError) -> String {
        guard let name = names[placeholder] else {
            throw .validation(
                "Invalid \(kind): An expression attribute name used in the document path is not defined; "
                    + "attribute name: \(placeholder)")
        }
        usedNames.insert(placeholder)
        return name
    }

    mutating func value(_ placeholder: String, _ kind: String) throws(ServiceError) -> AttributeValue {
        guard let value = values[placeholder] else {
            throw .validation(
                "Invalid \(kind): An expression attribute value used in expression is not defined; "
                    + "attribute value: \(placeholder)")
        }
        usedValues.insert(placeholder)
        return value
    }

    /// - Throws: `ValidationException` when something was given that no expression uses.
    func checkAllUsed() throws(ServiceError) {
        guard usedNames.count < names.count || usedValues.count < values.count else { return }
        let spareNames = Set(names.keys).subtracting(usedNames).sorted()
        guard spareNames.isEmpty else {
            throw .validation(
                "Value provided in ExpressionAttributeNames unused in expressions: keys: {\(spareNames.joined(separator: ", "))}"
            )
        }
        let spareValues = Set(values.keys).subtracting(usedValues).sorted()
        guard spareValues.isEmpty else {
            throw .validation(
                "Value provided in ExpressionAttributeValues unused in expressions: keys: {\(spareValues.joined(separator: ", "))}"
            )
        }
    }
}
