import JSON
import VelocityTemplate

/// JSON Schema (draft 4) as far as models of REST APIs use it: types, properties, items, limits, patterns, combinations,
/// and references inside of the schema or to other models.
struct Schema: Sendable {
    private let root: JSON
    /// Other models by name.
    private let models: [String: JSON]

    private static let deepest = 64

    init(_ root: JSON, models: [String: JSON] = [:]) {
        self.root = root
        self.models = models
    }

    /// Why the value does not fit; `nil` when it does.
    func problem(of value: JSON) -> String? { problem(value, root, root, "#", 0) }

    private func problem(_ value: JSON, _ schema: JSON, _ root: JSON, _ place: String, _ depth: Int) -> String? {
        guard depth < Self.deepest else { return "\(place): the schema nests too deep" }
        if let reference = schema["$ref"]?.string {
            guard let (target, base) = resolve(reference, root) else { return "\(place): \(reference) leads nowhere" }
            return problem(value, target, base, place, depth + 1)
        }
        if let type = schema["type"] {
            let types = type.string.map { [$0] } ?? type.stringList
            guard types.isEmpty || types.contains(where: { Self.isOf($0, value) }) else {
                return "\(place): expected type: \(types.joined(separator: " or "))"
            }
        }
        if let choices = schema["enum"]?.array, !choices.contains(value) {
            return "\(place): is none of the allowed values"
        }
        let parts =
            combined(value, schema, root, place, depth)
            ?? size(value, schema, place)
        if let parts { return parts }
        switch value {
        case .object(let object): return members(object, schema, root, place, depth)
        case .array(let elements):
            guard let items = schema["items"] else { return nil }
            for (index, element) in elements.enumerated() {
                let inner = items.array.map { $0.indices.contains(index) ? $0[index] : .object(JSONObject()) } ?? items
                if let found = problem(element, inner, root, "\(place)/\(index)", depth + 1) { return found }
            }
            return nil
        default: return nil
        }
    }

    private static func isOf(_ type: String, _ value: JSON) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("null", .null),
            ("number", .number):
            true
        case ("integer", .number(let number)): number.double == number.double.rounded()
        default: false
        }
    }

    private func resolve(_ reference: String, _ root: JSON) -> (JSON, JSON)? {
        if reference == "#" { return (root, root) }
        guard reference.hasPrefix("#/") else {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            return models[name].map { ($0, $0) }
        }
        var value = root
        for part in reference.dropFirst(2).split(separator: "/") {
            guard let next = value[String(part).replacing("~1", with: "/").replacing("~0", with: "~")] else {
                return nil
            }
            value = next
        }
        return (value, root)
    }

    private func combined(_ value: JSON, _ schema: JSON, _ root: JSON, _ place: String, _ depth: Int) -> String? {
        for inner in schema["allOf"]?.array ?? [] {
            if let found = problem(value, inner, root, place, depth + 1) { return found }
        }
        for (name, least, most) in [("anyOf", 1, Int.max), ("oneOf", 1, 1)] {
            guard let list = schema[name]?.array else { continue }
            let count = list.count { problem(value, $0, root, place, depth + 1) == nil }
            guard (least...most).contains(count) else { return "\(place): fits \(count) of \(name)" }
        }
        if let not = schema["not"], problem(value, not, root, place, depth + 1) == nil {
            return "\(place): fits what it may not"
        }
        return nil
    }

    private func size(_ value: JSON, _ schema: JSON, _ place: String) -> String? {
        switch value {
        case .string(let text):
            if let least = schema["minLength"]?.int, text.count < least { return "\(place): is too short" }
            if let most = schema["maxLength"]?.int, text.count > most { return "\(place): is too long" }
            guard let source = schema["pattern"]?.string else { return nil }
            // Patterns are not anchored.
            guard let pattern = try? Pattern(source) else { return "\(place): the pattern \(source) cannot be read" }
            return pattern.isFound(in: text) ? nil : "\(place): does not match \(source)"
        case .number(let number):
            let isAbove = schema["exclusiveMinimum"]?.bool == true
            let isBelow = schema["exclusiveMaximum"]?.bool == true
            if let least = schema["minimum"]?.double, number.double < least || (isAbove && number.double == least) {
                return "\(place): is too small"
            }
            if let most = schema["maximum"]?.double, number.double > most || (isBelow && number.double == most) {
                return "\(place): is too large"
            }
            if let step = schema["multipleOf"]?.double, step > 0 {
                let count = number.double / step
                if abs(count - count.rounded()) > 1e-9 { return "\(place): is no multiple of \(step)" }
            }
            return nil
        case .array(let elements):
            if let least = schema["minItems"]?.int, elements.count < least { return "\(place): has too few elements" }
            if let most = schema["maxItems"]?.int, elements.count > most { return "\(place): has too many elements" }
            if schema["uniqueItems"]?.bool == true, Set(elements).count < elements.count {
                return "\(place): has an element twice"
            }
            return nil
        case .object(let object):
            if let least = schema["minProperties"]?.int, object.count < least { return "\(place): has too few members" }
            if let most = schema["maxProperties"]?.int, object.count > most { return "\(place): has too many members" }
            for name in schema["required"]?.stringList ?? [] where object[name] == nil {
                return "\(place): required key [\(name)] not found"
            }
            return nil
        default: return nil
        }
    }

    private func members(_ object: JSONObject, _ schema: JSON, _ root: JSON, _ place: String, _ depth: Int) -> String? {
        let properties = schema["properties"]?.object ?? JSONObject()
        let patterns = schema["patternProperties"]?.object ?? JSONObject()
        for (name, value) in object {
            if let inner = properties[name] {
                if let found = problem(value, inner, root, "\(place)/\(name)", depth + 1) { return found }
                continue
            }
            if let inner = patterns.first(where: { (try? Pattern($0.0))?.isFound(in: name) ?? false })?.1 {
                if let found = problem(value, inner, root, "\(place)/\(name)", depth + 1) { return found }
                continue
            }
            switch schema["additionalProperties"] {
            case .bool(false)?: return "\(place): extraneous key [\(name)] is not permitted"
            case .object(let inner)?:
                if let found = problem(value, .object(inner), root, "\(place)/\(name)", depth + 1) { return found }
            default: break
            }
        }
        return nil
    }
}
