import AWSCore
import JSON
import Telemetry

/// The value of an attribute.
indirect enum AttributeValue: Hashable, Sendable {
    case string(String)
    case number(DynamoNumber)
    case binary([UInt8])
    case bool(Bool)
    case null
    case list([AttributeValue])
    case map(Item)
    case stringSet([String])
    case numberSet([DynamoNumber])
    case binarySet([[UInt8]])

    private static let deepest = 32

    /// - Throws: `ValidationException` for what is no attribute value.
    init(_ json: JSON, depth: Int = 0) throws(ServiceError) {
        guard depth <= Self.deepest else {
            throw .validation("Nesting Levels have exceeded supported limits")
        }
        guard let object = json.object, object.count == 1, let kind = object.keys.first, let value = object.values.first
        else {
            throw .validation(
                (json.object?.count ?? 0) > 1
                    ? "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
                    : "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
        }
        self = try Self.parse(kind, value, depth)
    }

    private static func parse(_ kind: String, _ value: JSON, _ depth: Int) throws(ServiceError) -> AttributeValue {
        switch (kind, value) {
        case ("S", .string(let text)): return .string(text)
        case ("N", .string(let text)): return .number(try DynamoNumber(text))
        case ("B", .string(let text)): return .binary(try bytes(text))
        case ("BOOL", .bool(let value)): return .bool(value)
        case ("NULL", .bool(true)): return .null
        case ("L", .array(let values)):
            var list: [AttributeValue] = []
            list.reserveCapacity(values.count)
            for value in values { list.append(try AttributeValue(value, depth: depth + 1)) }
            return .list(list)
        case ("M", .object): return .map(try Item(value, depth: depth + 1))
        case ("SS", .array(let values)):
            return .stringSet(
                try distinct(values, kind) { json throws(ServiceError) in try ByteText(text(json)) }.map(\.text))
        case ("NS", .array(let values)):
            return .numberSet(try distinct(values, kind) { json throws(ServiceError) in try DynamoNumber(text(json)) })
        case ("BS", .array(let values)):
            return .binarySet(try distinct(values, kind) { json throws(ServiceError) in try bytes(text(json)) })
        case ("NULL", _):
            throw .validation(
                "One or more parameter values were invalid: Null attribute value types must have the value of true")
        case ("S", _), ("N", _), ("B", _): _ = try text(value)
        case ("BOOL", _), ("L", _), ("M", _), ("SS", _), ("NS", _), ("BS", _):
            throw ServiceError("SerializationException", "Unexpected value for the type \(kind)")
        default: break
        }
        throw .validation(
            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
    }

    private static func distinct<Value: Hashable>(
        _ values: [JSON], _ kind: String, _ make: (JSON) throws(ServiceError) -> Value
    ) throws(ServiceError) -> [Value] {
        var all: [Value] = []
        for value in values { all.append(try make(value)) }
        guard !all.isEmpty else {
            let problem =
                switch kind {
                case "SS": "An string set  may not be empty"
                case "NS": "An number set  may not be empty"
                default: "Binary sets should not be empty"
                }
            throw .validation("One or more parameter values were invalid: \(problem)")
        }
        guard Set(all).count == all.count else { throw duplicates(values.compactMap(\.string), kind) }
        return all
    }

    private static func duplicates(_ texts: [String], _ kind: String) -> ServiceError {
        let all = "[\(texts.joined(separator: ", "))]"
        switch kind {
        case "NS": return .validation("Input collection contains duplicates")
        case "SS":
            return .validation(
                "One or more parameter values were invalid: Input collection \(all) contains duplicates.")
        default:
            return .validation(
                "One or more parameter values were invalid: Input collection \(all)of type BS contains duplicates.")
        }
    }

    private static func text(_ json: JSON) throws(ServiceError) -> String {
        switch json {
        case .string(let text): return text
        case .number: throw ServiceError("SerializationException", "NUMBER_VALUE cannot be converted to String")
        case .bool(let value):
            throw ServiceError(
                "SerializationException", "\(value ? "TRUE" : "FALSE")_VALUE cannot be converted to String")
        case .null:
            throw .validation("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
        case .array, .object:
            throw ServiceError("SerializationException", "Start of structure or map found where not expected.")
        }
    }

    private static func bytes(_ text: String) throws(ServiceError) -> [UInt8] {
        guard let bytes = Base64.decoded(text) else {
            throw ServiceError("SerializationException", "A binary value is not base64")
        }
        return bytes
    }

    var json: JSON {
        switch self {
        case .string(let text): ["S": .string(text)]
        case .number(let number): ["N": .string(number.text)]
        case .binary(let bytes): ["B": .string(Base64.encoded(bytes))]
        case .bool(let value): ["BOOL": .bool(value)]
        case .null: ["NULL": true]
        case .list(let values): ["L": .array(values.map(\.json))]
        case .map(let item): ["M": item.json]
        case .stringSet(let values): ["SS": .array(values.map(JSON.string))]
        case .numberSet(let values): ["NS": .array(values.map { .string($0.text) })]
        case .binarySet(let values): ["BS": .array(values.map { .string(Base64.encoded($0)) })]
        }
    }

    /// The name of the type on the wire.
    var kind: String {
        switch self {
        case .string: "S"
        case .number: "N"
        case .binary: "B"
        case .bool: "BOOL"
        case .null: "NULL"
        case .list: "L"
        case .map: "M"
        case .stringSet: "SS"
        case .numberSet: "NS"
        case .binarySet: "BS"
        }
    }

    /// Bytes as DynamoDB counts them ("Item sizes and formats" in the Developer Guide).
    var size: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .number(let number): number.size
        case .binary(let bytes): bytes.count
        case .bool, .null: 1
        case .list(let values): 3 + values.reduce(0) { $0 + $1.size + 1 }
        case .map(let item): 3 + item.size + item.count
        case .stringSet(let values): values.reduce(0) { $0 + $1.utf8.count }
        case .numberSet(let values): values.reduce(0) { $0 + $1.size }
        case .binarySet(let values): values.reduce(0) { $0 + $1.count }
        }
    }

    /// Equal as DynamoDB has it: texts byte for byte, sets in any order.
    func equals(_ other: AttributeValue) -> Bool {
        switch (self, other) {
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.stringSet(let left), .stringSet(let right)):
            Set(left.map(ByteText.init)) == Set(right.map(ByteText.init))
        case (.numberSet(let left), .numberSet(let right)): Set(left) == Set(right)
        case (.binarySet(let left), .binarySet(let right)): Set(left) == Set(right)
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.equals($1) }
        case (.map(let left), .map(let right)):
            left.count == right.count
                && left.allSatisfy { name, value in right[name].map { $0.equals(value) } ?? false }
        default: self == other
        }
    }

    /// - Returns: `nil` for values that have no order between them.
    func isLess(than other: AttributeValue) -> Bool? {
        switch (self, other) {
        case (.string(let left), .string(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.number(let left), .number(let right)): left < right
        case (.binary(let left), .binary(let right)): left.lexicographicallyPrecedes(right)
        default: nil
        }
    }
}

extension ServiceError {
    static func validation(_ message: String) -> ServiceError { ServiceError("ValidationException", message) }

    static func missing(_ member: String) -> ServiceError {
        .validation(
            "1 validation error detected: Value null at '\(member)' failed to satisfy constraint: Member must not be null"
        )
    }
}
