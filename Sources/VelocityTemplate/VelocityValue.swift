package import JSON

/// A value while a template runs. Lists and maps are references, as in Java: what one name changes, the other one sees.
package enum VelocityValue {
    case null
    case bool(Bool)
    case integer(Int)
    case decimal(Double)
    case string(String)
    case list(VelocityList)
    case map(VelocityMap)
    case object(any VelocityObject)
}

/// Something with methods of its own: `$input`, `$util`.
package protocol VelocityObject {
    /// - Returns: `nil` when there is no such property.
    func property(_ name: String) throws(VelocityError) -> VelocityValue?
    /// - Returns: `nil` when there is no such method.
    func call(_ method: String, _ arguments: [VelocityValue]) throws(VelocityError) -> VelocityValue?
    var text: String { get }
}

package final class VelocityList {
    package var elements: [VelocityValue]
    /// It came out of JSON, and is written as such.
    package let isJSON: Bool

    package init(_ elements: [VelocityValue], isJSON: Bool = false) {
        self.elements = elements
        self.isJSON = isJSON
    }
}

package final class VelocityMap {
    package private(set) var keys: [String] = []
    private var members: [String: VelocityValue] = [:]

    package init() {}

    package subscript(key: String) -> VelocityValue? {
        get { members[key] }
        set {
            switch (members[key] != nil, newValue) {
            case (false, let value?):
                keys.append(key)
                members[key] = value
            case (true, let value?): members[key] = value
            case (true, nil):
                keys.removeAll { $0 == key }
                members[key] = nil
            case (false, nil): break
            }
        }
    }

    package var values: [VelocityValue] { keys.compactMap { members[$0] } }
}

extension VelocityValue {
    package init(_ json: JSON) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let value): self = Int(value.text).map(VelocityValue.integer) ?? .decimal(value.double)
        case .string(let value): self = .string(value)
        case .array(let values): self = .list(VelocityList(values.map { VelocityValue($0) }, isJSON: true))
        case .object(let object):
            let map = VelocityMap()
            for (key, value) in object { map[key] = VelocityValue(value) }
            self = .map(map)
        }
    }

    package static func strings(_ pairs: [(String, String)]) -> VelocityValue {
        let map = VelocityMap()
        for (key, value) in pairs { map[key] = .string(value) }
        return .map(map)
    }

    package var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// What `#if` takes for true: all but `false` and nothing.
    package var isTrue: Bool {
        switch self {
        case .null: false
        case .bool(let value): value
        default: true
        }
    }

    /// As Java writes it; what nests too deep is left out.
    package var text: String {
        var text = ""
        write(to: &text, depth: 0)
        return text
    }

    private func write(to text: inout String, depth: Int) {
        guard depth < Limits.depth, text.utf8.count < Limits.text else { return }
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .decimal(let value): text += String(describing: value)
        case .string(let value): text += value
        case .list(let list) where list.isJSON: text += json(depth: depth).text
        case .list(let list):
            text += "["
            for (place, value) in list.elements.enumerated() {
                if place > 0 { text += ", " }
                value.write(to: &text, depth: depth + 1)
            }
            text += "]"
        case .map(let map):
            text += "{"
            for (place, (key, value)) in zip(map.keys, map.values).enumerated() {
                text += place > 0 ? ", \(key)=" : "\(key)="
                value.write(to: &text, depth: depth + 1)
            }
            text += "}"
        case .object(let object): text += object.text
        }
    }

    package var json: JSON { json(depth: 0) }

    private func json(depth: Int) -> JSON {
        guard depth < Limits.depth else { return .null }
        switch self {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .integer(let value): return .int(value)
        case .decimal(let value): return .double(value)
        case .string(let value): return .string(value)
        case .list(let list): return .array(list.elements.map { $0.json(depth: depth + 1) })
        case .map(let map):
            var object = JSONObject()
            for (key, value) in zip(map.keys, map.values) { object[key] = value.json(depth: depth + 1) }
            return .object(object)
        case .object(let object): return .string(object.text)
        }
    }
}
