package import JSON
import Terminal

/// An attribute's value in DynamoDB's JSON, `{"S": "o-1842"}`, as people read and write it.
package enum Attribute {
    /// The type's letter and the value; `nil` for what is no attribute.
    static func parts(_ value: JSON) -> (type: String, value: JSON)? {
        guard let object = value.object, object.count == 1, let type = object.keys.first else { return nil }
        return (type, object.values[0])
    }

    static func type(_ value: JSON) -> String { parts(value)?.type ?? "" }

    /// One line: strings and numbers as they are, what has parts as how many it has.
    package static func text(_ value: JSON) -> String {
        guard let (type, inner) = parts(value) else { return value.text }
        switch type {
        case "S", "N": return inner.string ?? inner.text
        case "BOOL": return inner.bool == true ? "true" : "false"
        case "NULL": return "null"
        case "B": return "<\(inner.string.map(bytes) ?? 0) B>"
        case "L": return "[\(inner.array?.count ?? 0)]"
        case "M": return "{\(inner.object?.count ?? 0)}"
        case "SS", "NS":
            return "{" + (inner.array ?? []).prefix(20).map { $0.string ?? $0.text }.joined(separator: ", ") + "}"
        case "BS": return "{\(inner.array?.count ?? 0) binaries}"
        default: return value.text
        }
    }

    /// The bytes that Base64 text stands for.
    private static func bytes(_ base64: String) -> Int {
        let padding = base64.utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return max(base64.utf8.count / 4 * 3 - padding, 0)
    }

    static func role(_ value: JSON) -> Role {
        switch type(value) {
        case "S": .text
        case "N": .number
        case "BOOL", "NULL": .keyword
        default: .dim
        }
    }

    /// Plain JSON: sets become arrays, binaries stay Base64 text.
    static func plain(_ value: JSON) -> JSON {
        guard let (type, inner) = parts(value) else { return value }
        switch type {
        case "N": return number(inner)
        case "NULL": return .null
        case "L": return .array((inner.array ?? []).map(plain))
        case "M": return plain(inner.object ?? JSONObject())
        case "NS": return .array((inner.array ?? []).map(number))
        default: return inner
        }
    }

    package static func plain(_ item: JSONObject) -> JSON {
        var object = JSONObject()
        for (name, value) in item { object[name] = plain(value) }
        return .object(object)
    }

    private static func number(_ value: JSON) -> JSON {
        guard let text = value.string, let json = try? JSON(parsing: text), json.number != nil else { return value }
        return json
    }

    /// Whether the plain form tells all: sets and binaries look like something else in it.
    static func isPlain(_ value: JSON) -> Bool {
        guard let (type, inner) = parts(value) else { return false }
        switch type {
        case "S", "N", "BOOL", "NULL": return true
        case "L": return (inner.array ?? []).allSatisfy(isPlain)
        case "M": return (inner.object ?? JSONObject()).allSatisfy { isPlain($0.1) }
        default: return false
        }
    }

    static func isPlain(_ item: JSONObject) -> Bool { item.allSatisfy { isPlain($0.1) } }

    /// DynamoDB's JSON of a plain value.
    static func typed(_ value: JSON) -> JSON {
        switch value {
        case .null: ["NULL": true]
        case .bool: ["BOOL": value]
        case .number(let number): ["N": .string(number.text)]
        case .string: ["S": value]
        case .array(let values): ["L": .array(values.map(typed))]
        case .object(let object): ["M": .object(typed(object))]
        }
    }

    static func typed(_ object: JSONObject) -> JSONObject {
        var item = JSONObject()
        for (name, value) in object { item[name] = typed(value) }
        return item
    }

    /// A typed item with what stands under telling names masked.
    static func masked(_ item: JSONObject) -> JSONObject {
        var masked = JSONObject()
        for (name, value) in item {
            switch parts(value) {
            case ("S", _)? where Secrets.isSecret(name): masked[name] = ["S": .string(Secrets.mask)]
            case ("M", let inner)?: masked[name] = ["M": .object(Self.masked(inner.object ?? JSONObject()))]
            case ("L", let inner)?: masked[name] = ["L": .array((inner.array ?? []).map(maskedElement))]
            default: masked[name] = value
            }
        }
        return masked
    }

    private static func maskedElement(_ value: JSON) -> JSON {
        switch parts(value) {
        case ("M", let inner)?: ["M": .object(masked(inner.object ?? JSONObject()))]
        case ("L", let inner)?: ["L": .array((inner.array ?? []).map(maskedElement))]
        default: value
        }
    }
}
