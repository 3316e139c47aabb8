package import JSON

/// Items as plain JSON, without the types of DynamoDB.
package enum PlainItem {
    /// - Parameter item: as `GetItem` gives it. Sets become arrays and binaries base64 texts.
    package static func plain(_ item: JSON) -> JSON {
        var plain = JSONObject()
        for (name, value) in item.object ?? JSONObject() { plain[name] = self.value(value) }
        return .object(plain)
    }

    static func value(_ json: JSON) -> JSON {
        guard let object = json.object, let kind = object.keys.first, let value = object.values.first else {
            return .null
        }
        switch kind {
        case "N": return number(value)
        case "NULL": return .null
        case "L": return .array((value.array ?? []).map(self.value))
        case "M": return plain(value)
        case "NS": return .array((value.array ?? []).map(number))
        default: return value
        }
    }

    /// Numbers keep all their digits.
    private static func number(_ json: JSON) -> JSON {
        json.string.map { .number(JSONNumber(source: $0)) } ?? .null
    }

    /// An item as `PutItem` takes it. Keys get the types of their table.
    package static func item(_ plain: JSON, _ keys: ExchangeKeys) throws(ExchangeError) -> JSON {
        guard let object = plain.object else { throw ExchangeError("an object is expected: {\"name\": value}") }
        var item = JSONObject()
        for (name, value) in object {
            item[name] = try key(name, value, keys) ?? typed(value)
        }
        return .object(item)
    }

    /// - Returns: `nil` for what is no key.
    private static func key(_ name: String, _ value: JSON, _ keys: ExchangeKeys) throws(ExchangeError) -> JSON? {
        switch (keys.kind(name), value) {
        case (nil, _): return nil
        case ("N"?, .number(let number)): return ["N": .string(number.text)]
        case ("N"?, .string(let text)): return ["N": .string(text)]
        case ("B"?, .string(let text)): return ["B": .string(text)]
        case ("S"?, .string(let text)): return ["S": .string(text)]
        case ("S"?, .number(let number)): return ["S": .string(number.text)]
        case (let kind?, _):
            throw ExchangeError("\(name) is a key of type \(kind), and cannot be \(value.text.prefix(40))")
        }
    }

    static func typed(_ value: JSON) -> JSON {
        switch value {
        case .null: return ["NULL": true]
        case .bool: return ["BOOL": value]
        case .number(let number): return ["N": .string(number.text)]
        case .string: return ["S": value]
        case .array(let values): return ["L": .array(values.map(typed))]
        case .object(let object):
            var map = JSONObject()
            for (name, value) in object { map[name] = typed(value) }
            return ["M": .object(map)]
        }
    }
}
