import JSON

/// What one value of an event may be.
enum EventMatcher: Hashable, Sendable {
    /// A string, `true`, `false` or `null`; a number by its text, as EventBridge compares it.
    case equals(JSON)
    case ignoringCase(String)
    case prefix(String, ignoringCase: Bool)
    case suffix(String, ignoringCase: Bool)
    /// None of these.
    indirect case anythingBut([EventMatcher])
    case numeric([NumericBound])
    /// There is such a member, and it is no object; or there is none.
    case exists(Bool)

    var isExistence: Bool {
        if case .exists = self { true } else { false }
    }

    init(_ json: JSON, at path: String) throws(EventPatternError) {
        switch json {
        case .object(let object):
            guard object.count == 1, let name = object.keys.first, let value = object[name] else {
                throw EventPatternError("\(path) needs exactly one comparison in an object")
            }
            self = try Self.comparison(name, value, path)
        case .array: throw EventPatternError("\(path) has a list in a list")
        case .string, .number, .bool, .null: self = .equals(json)
        }
    }

    private static func comparison(
        _ name: String, _ value: JSON, _ path: String
    ) throws(EventPatternError) -> EventMatcher {
        switch name {
        case "prefix", "suffix":
            let isLoose = value.object?.count == 1 && value["equals-ignore-case"] != nil
            guard let text = isLoose ? value["equals-ignore-case"]?.string : value.string else {
                throw EventPatternError("\(path): \(name) needs a string")
            }
            return name == "prefix" ? .prefix(text, ignoringCase: isLoose) : .suffix(text, ignoringCase: isLoose)
        case "equals-ignore-case":
            guard let text = value.string else { throw EventPatternError("\(path): \(name) needs a string") }
            return .ignoringCase(text)
        case "anything-but": return .anythingBut(try excluded(value, path))
        case "numeric": return .numeric(try NumericBound.list(value, path))
        case "exists":
            guard let isThere = value.bool else { throw EventPatternError("\(path): exists needs true or false") }
            return .exists(isThere)
        default: throw EventPatternError("\(path): there is no comparison \(name)")
        }
    }

    /// What stands behind `anything-but`: a value, a list of values, or one comparison of strings with one or more of them.
    private static func excluded(_ value: JSON, _ path: String) throws(EventPatternError) -> [EventMatcher] {
        guard let object = value.object else {
            let values = value.array ?? [value]
            guard !values.isEmpty, values.allSatisfy({ $0.string != nil || $0.number != nil }) else {
                throw EventPatternError("\(path): anything-but needs strings or numbers")
            }
            return values.map { .equals($0) }
        }
        let names = ["prefix", "suffix", "equals-ignore-case"]
        guard object.count == 1, let name = object.keys.first, names.contains(name), let inner = object[name] else {
            throw EventPatternError("\(path): anything-but needs one of \(names.joined(separator: ", "))")
        }
        let values = inner.array ?? [inner]
        guard !values.isEmpty else { throw EventPatternError("\(path): anything-but has an empty list") }
        var matchers: [EventMatcher] = []
        for value in values { matchers.append(try comparison(name, value, path)) }
        return matchers
    }

    // MARK: Matching

    /// - Parameter value: `nil` when the event has no such member.
    func matches(_ value: JSON?) -> Bool {
        switch self {
        case .exists(let isWanted): return isWanted == (value != nil && value?.object == nil)
        case .equals(let wanted): return value == wanted
        case .ignoringCase(let text): return value?.string?.lowercased() == text.lowercased()
        case .prefix(let text, let isLoose):
            guard let string = value?.string else { return false }
            return isLoose
                ? string.lowercased().utf8.starts(with: text.lowercased().utf8) : string.utf8.starts(with: text.utf8)
        case .suffix(let text, let isLoose):
            guard let string = value?.string else { return false }
            let (whole, end) = isLoose ? (string.lowercased(), text.lowercased()) : (string, text)
            return whole.utf8.reversed().starts(with: end.utf8.reversed())
        case .anythingBut(let matchers):
            guard let value, value.object == nil else { return false }
            return !matchers.contains { $0.matches(value) }
        case .numeric(let bounds):
            guard let number = value?.number?.double else { return false }
            return bounds.allSatisfy { $0.holds(number) }
        }
    }
}

/// One side of a range of numbers: `>= 10`.
struct NumericBound: Hashable, Sendable {
    enum Comparison: String, Hashable, Sendable {
        case equal = "="
        case less = "<"
        case atMost = "<="
        case greater = ">"
        case atLeast = ">="

        var isLower: Bool { self == .greater || self == .atLeast }
    }

    var comparison: Comparison
    var value: Double

    /// Numbers of patterns are within ±5 · 10⁹.
    private static let limit = 5e9

    /// Reads `[">", 10, "<=", 20]`.
    static func list(_ json: JSON, _ path: String) throws(EventPatternError) -> [NumericBound] {
        guard let parts = json.array, parts.count == 2 || parts.count == 4 else {
            throw EventPatternError("\(path): numeric needs a comparison with a number, or two of them")
        }
        var bounds: [NumericBound] = []
        for place in stride(from: 0, to: parts.count, by: 2) {
            guard let comparison = parts[place].string.flatMap({ Comparison(rawValue: $0) }) else {
                throw EventPatternError("\(path): numeric compares with =, <, <=, > and >=")
            }
            guard let value = parts[place + 1].double, abs(value) <= limit else {
                throw EventPatternError("\(path): numeric needs numbers from -5e9 to 5e9")
            }
            bounds.append(NumericBound(comparison: comparison, value: value))
        }
        guard bounds.count == 2 else { return bounds }
        guard bounds[0].comparison.isLower, bounds[1].comparison != .equal, !bounds[1].comparison.isLower,
            bounds[0].value < bounds[1].value
        else {
            throw EventPatternError("\(path): a range has a lower bound and then a higher upper one")
        }
        return bounds
    }

    func holds(_ number: Double) -> Bool {
        switch comparison {
        case .equal: number == value
        case .less: number < value
        case .atMost: number <= value
        case .greater: number > value
        case .atLeast: number >= value
        }
    }
}
