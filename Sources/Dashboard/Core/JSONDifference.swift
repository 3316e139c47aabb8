import JSON
import Terminal

/// What became of a value: a line for each part that is gone, new or other; what stayed is counted.
enum JSONDifference {
    private static let mostLines = 400
    /// Deeper values are compared as a whole.
    private static let mostLevels = 32

    /// Where a value stands in the one around it.
    private enum Place {
        case root
        case member(String)
        case element(Int)

        var label: [Run] {
            switch self {
            case .root: []
            case .member(let name): [Run(JSON.string(name).text, .key), Run(": ", .dim)]
            case .element(let index): [Run("[\(index)] ", .dim)]
            }
        }

        /// Values that are better not on a screen are masked.
        func shown(_ value: JSON) -> JSON {
            if case .member(let name) = self, value.string != nil, Secrets.isSecret(name) {
                return .string(Secrets.mask)
            }
            return Secrets.masked(value)
        }
    }

    static func lines(_ old: JSON, _ new: JSON) -> [[Run]] {
        guard old != new else { return [[Run("  unchanged", .dim)]] }
        var lines: [[Run]] = []
        compare(old, new, .root, level: 0, &lines)
        return Array(lines.prefix(mostLines))
    }

    private static func compare(_ old: JSON, _ new: JSON, _ place: Place, level: Int, _ lines: inout [[Run]]) {
        guard lines.count < mostLines else { return }
        switch (old, new) {
        case (.object(let before), .object(let after)) where level < mostLevels:
            lines.append(line(" ", .dim, level, place.label + [Run("{", .text)]))
            compare(before, after, level: level + 1, &lines)
            lines.append(line(" ", .dim, level, [Run("}", .text)]))
        case (.array(let before), .array(let after)) where level < mostLevels:
            lines.append(line(" ", .dim, level, place.label + [Run("[", .text)]))
            compare(before, after, level: level + 1, &lines)
            lines.append(line(" ", .dim, level, [Run("]", .text)]))
        default:
            remove(old, place, level: level, &lines)
            add(new, place, level: level, &lines)
        }
    }

    private static func compare(_ before: JSONObject, _ after: JSONObject, level: Int, _ lines: inout [[Run]]) {
        for (key, value) in before where after[key] == nil { remove(value, .member(key), level: level, &lines) }
        var same = 0
        for (key, value) in after {
            guard let earlier = before[key] else {
                add(value, .member(key), level: level, &lines)
                continue
            }
            if earlier == value { same += 1 } else { compare(earlier, value, .member(key), level: level, &lines) }
        }
        count(same, level: level, &lines)
    }

    /// Element by element: what an element is, is not known, so that one that was put in front changes all.
    private static func compare(_ before: [JSON], _ after: [JSON], level: Int, _ lines: inout [[Run]]) {
        var same = 0
        for index in 0..<max(before.count, after.count) where lines.count < mostLines {
            guard index < after.count else {
                remove(before[index], .element(index), level: level, &lines)
                continue
            }
            guard index < before.count else {
                add(after[index], .element(index), level: level, &lines)
                continue
            }
            if before[index] == after[index] {
                same += 1
            } else {
                compare(before[index], after[index], .element(index), level: level, &lines)
            }
        }
        count(same, level: level, &lines)
    }

    private static func count(_ same: Int, level: Int, _ lines: inout [[Run]]) {
        if same > 0 { lines.append(line(" ", .dim, level, [Run("… \(same) unchanged", .dim)])) }
    }

    private static func add(_ value: JSON, _ place: Place, level: Int, _ lines: inout [[Run]]) {
        let rows = place.shown(value).prettyText.split(separator: "\n", omittingEmptySubsequences: false).prefix(60)
        for (number, row) in rows.enumerated() {
            lines.append(line("+", .ok, level, (number == 0 ? place.label : []) + EventInk.runs(String(row))))
        }
    }

    /// What is gone stands on one line: what came matters more.
    private static func remove(_ value: JSON, _ place: Place, level: Int, _ lines: inout [[Run]]) {
        let text = Text.cut(place.shown(value).text, to: 60)
        lines.append(line("-", .error, level, place.label + [Run(text, .dim)]))
    }

    private static func line(_ sign: String, _ role: Role, _ level: Int, _ runs: [Run]) -> [Run] {
        [Run("\(sign) " + String(repeating: "  ", count: min(level, 20)), role, .bold)] + runs
    }
}
