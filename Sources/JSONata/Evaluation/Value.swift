import JSON

/// A value during an evaluation. What came in stays as it came: `array`, `object` and `exact` share the input's storage.
enum Value {
    case undefined
    case null
    case bool(Bool)
    case number(Double)
    /// A number as the input wrote it.
    case exact(JSONNumber)
    case string(String)
    case array([JSON])
    case list(List)
    case object(JSONObject)
    case record(Record)
    case function(Function)
    case tuple(Tuple)

    init(_ json: JSON) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let value): self = .exact(value)
        case .string(let value): self = .string(value)
        case .array(let value): self = .array(value)
        case .object(let value): self = .object(value)
        }
    }

    var isUndefined: Bool {
        guard case .undefined = self else { return false }
        return true
    }

    var isArray: Bool {
        switch self {
        case .array, .list: true
        default: false
        }
    }

    var isObject: Bool {
        switch self {
        case .object, .record: true
        default: false
        }
    }

    var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    var number: Double? {
        switch self {
        case .number(let value): value
        case .exact(let value): value.fastDouble
        default: nil
        }
    }

    var function: Function? {
        guard case .function(let value) = self else { return nil }
        return value
    }

    var list: List? {
        guard case .list(let value) = self else { return nil }
        return value
    }

    /// The elements of an array.
    var elements: [Value]? {
        switch self {
        case .array(let values): values.map(Value.init)
        case .list(let list): list.items
        default: nil
        }
    }

    /// The elements of an array; of anything else, itself.
    var asElements: [Value] { elements ?? [self] }

    var count: Int? {
        switch self {
        case .array(let values): values.count
        case .list(let list): list.items.count
        default: nil
        }
    }

    func element(_ place: Int) -> Value {
        switch self {
        case .array(let values): values.indices.contains(place) ? Value(values[place]) : .undefined
        case .list(let list): list.items.indices.contains(place) ? list.items[place] : .undefined
        default: .undefined
        }
    }

    /// The member of an object.
    func member(_ name: String) -> Value {
        switch self {
        case .object(let object):
            guard let value = object[name] else { return .undefined }
            return Value(value)
        case .record(let record): return record[name]
        default: return .undefined
        }
    }

    /// The names of an object's members.
    var keys: [String]? {
        switch self {
        case .object(let object): object.keys
        case .record(let record): record.keys
        default: nil
        }
    }

    /// The values of an object's members.
    var memberValues: [Value]? {
        switch self {
        case .object(let object): object.values.map(Value.init)
        case .record(let record): record.values
        default: nil
        }
    }

    /// How deep arrays, objects and closures nest in what the evaluation itself made.
    var depth: Int {
        switch self {
        case .list(let list): list.depth
        case .record(let record): record.depth
        case .function(let function): function.depth
        default: 0
        }
    }

    /// The letter of the type in a signature.
    var symbol: UInt8 {
        switch self {
        case .undefined: UInt8(ascii: "m")
        case .null: UInt8(ascii: "l")
        case .bool: UInt8(ascii: "b")
        case .number, .exact: UInt8(ascii: "n")
        case .string: UInt8(ascii: "s")
        case .array, .list: UInt8(ascii: "a")
        case .object, .record, .tuple: UInt8(ascii: "o")
        case .function: UInt8(ascii: "f")
        }
    }
}

extension JSONNumber {
    /// The value, for short whole numbers without a parse of floating point.
    var fastDouble: Double {
        let digits = text.utf8
        guard digits.count <= 15 else { return double }
        var value = 0
        for byte in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return double }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return Double(value)
    }
}
