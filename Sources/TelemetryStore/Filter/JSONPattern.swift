import JSON

/// A pattern for lines that are JSON, as CloudWatch Logs has it: `{ $.status = 500 && $.user = "a*" }`.
indirect enum JSONPattern: Hashable, Sendable {
    case compare([Step], LogFilter.Comparison, Operand)
    case isNull([Step])
    case isBool([Step], Bool)
    case notExists([Step])
    case and(JSONPattern, JSONPattern)
    case or(JSONPattern, JSONPattern)

    enum Step: Hashable, Sendable {
        case member(String)
        case element(Int)
        case anyElement
    }

    enum Operand: Hashable, Sendable {
        case number(Double)
        case text(Glob)
    }

    func matches(_ json: JSON) -> Bool {
        switch self {
        case .compare(let path, let comparison, let operand):
            Self.values(at: path[...], in: json).contains { Self.holds($0, comparison, operand) }
        case .isNull(let path): Self.values(at: path[...], in: json).contains(where: \.isNull)
        case .isBool(let path, let value): Self.values(at: path[...], in: json).contains { $0.bool == value }
        case .notExists(let path): Self.values(at: path[...], in: json).isEmpty
        case .and(let left, let right): left.matches(json) && right.matches(json)
        case .or(let left, let right): left.matches(json) || right.matches(json)
        }
    }

    private static func values(at path: ArraySlice<Step>, in json: JSON) -> [JSON] {
        guard let step = path.first else { return [json] }
        let rest = path.dropFirst()
        switch step {
        case .member(let name): return json[name].map { values(at: rest, in: $0) } ?? []
        case .element(let index): return json[index].map { values(at: rest, in: $0) } ?? []
        case .anyElement: return (json.array ?? []).flatMap { values(at: rest, in: $0) }
        }
    }

    private static func holds(_ value: JSON, _ comparison: LogFilter.Comparison, _ operand: Operand) -> Bool {
        switch operand {
        case .number(let number):
            guard let actual = value.double ?? value.string.flatMap(FilterNumber.value) else {
                return comparison == .notEqual
            }
            return comparison.holds(actual, number)
        case .text(let glob):
            let text = value.string ?? value.text
            return comparison == .notEqual ? !glob.matches(text) : glob.matches(text)
        }
    }
}
