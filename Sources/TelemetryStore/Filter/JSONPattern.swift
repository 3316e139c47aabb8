import JSON

/// A pattern for lines that are JSON, as CloudWatch Logs has it: `{ $.status = 500 && $.user = "a*" }`.
indirect enum JSONPattern: Hashable, Sendable {
    case compare([Step], LogFilter.Comparison, PatternOperand)
    case isNull([Step])
    case isBool([Step], Bool)
    case notExists([Step])
    case and(JSONPattern, JSONPattern)
    case or(JSONPattern, JSONPattern)

    enum Step: Hashable, Sendable {
        case member(String)
        case element(Int)
        case anyElement
        case anyMember
    }

    func matches(_ json: JSON, _ regexes: RegexTable) -> Bool {
        switch self {
        case .compare(let path, let comparison, let operand):
            Self.values(at: path[...], in: json).contains { value in
                operand.holds(value.string ?? value.text, number: value.double, comparison, regexes)
            }
        case .isNull(let path): Self.values(at: path[...], in: json).contains(where: \.isNull)
        case .isBool(let path, let value): Self.values(at: path[...], in: json).contains { $0.bool == value }
        case .notExists(let path): Self.values(at: path[...], in: json).isEmpty
        case .and(let left, let right): left.matches(json, regexes) && right.matches(json, regexes)
        case .or(let left, let right): left.matches(json, regexes) || right.matches(json, regexes)
        }
    }

    static func values(at path: ArraySlice<Step>, in json: JSON) -> [JSON] {
        guard let step = path.first else { return [json] }
        let rest = path.dropFirst()
        switch step {
        case .member(let name): return json[name].map { values(at: rest, in: $0) } ?? []
        case .element(let index): return json[index].map { values(at: rest, in: $0) } ?? []
        case .anyElement: return (json.array ?? []).flatMap { values(at: rest, in: $0) }
        case .anyMember: return (json.object?.values ?? []).flatMap { values(at: rest, in: $0) }
        }
    }

    /// The sources of its regular expressions.
    var regexes: [String] {
        switch self {
        case .compare(_, _, let operand): operand.regex.map { [$0] } ?? []
        case .and(let left, let right), .or(let left, let right): left.regexes + right.regexes
        case .isNull, .isBool, .notExists: []
        }
    }

    /// A text in lower case that every matching line has: a name, or a value.
    var literal: [UInt8]? {
        switch self {
        case .compare(let path, let comparison, let operand):
            Self.longer(Self.literal(of: path), comparison == .equal ? operand.literal?.plainRun : nil)
        case .isNull(let path), .isBool(let path, _): Self.literal(of: path)
        case .and(let left, let right): Self.longer(left.literal, right.literal)
        case .notExists, .or: nil
        }
    }

    private static func literal(of path: [Step]) -> [UInt8]? {
        path.reduce(nil) { best, step in
            if case .member(let name) = step { longer(best, Array(name.utf8).plainRun) } else { best }
        }
    }

    private static func longer(_ left: [UInt8]?, _ right: [UInt8]?) -> [UInt8]? {
        guard let left, let right else { return left ?? right }
        return right.count > left.count ? right : left
    }
}
