import JSON

extension Value {
    /// The value as it leaves the evaluation; `nil` for undefined and for functions.
    func json() throws(JSONataError) -> JSON? {
        switch self {
        case .undefined, .function, .tuple: return .none
        case .null: return .some(.null)
        case .bool(let value): return .bool(value)
        case .number(let value): return .number(try Self.jsonNumber(value))
        case .exact(let value): return .number(value)
        case .string(let value): return .string(value)
        case .array(let values): return .array(values)
        case .object(let object): return .object(object)
        case .list(let list):
            var values: [JSON] = []
            values.reserveCapacity(list.items.count)
            for item in list.items { values.append(try item.json() ?? .null) }
            return .array(values)
        case .record(let record):
            var object = JSONObject()
            for (key, value) in zip(record.keys, record.values) {
                guard let json = try value.json() else { continue }
                object[key] = json
            }
            return .object(object)
        }
    }

    private static func jsonNumber(_ value: Double) throws(JSONataError) -> JSONNumber {
        guard value.isFinite else { throw Evaluator.outOfRange(value, nil) }
        if value == value.rounded(), abs(value) < 1e15 { return JSONNumber(Int(value)) }
        return JSONNumber(source: NumberText.of(value))
    }
}
