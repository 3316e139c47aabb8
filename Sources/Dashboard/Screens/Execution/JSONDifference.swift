import JSON
import Terminal

/// What became of a value: a line for each part that is gone, new or other; what stayed is counted.
enum JSONDifference {
    private static let mostLines = 400

    static func lines(_ old: JSON, _ new: JSON) -> [[Run]] {
        guard old != new else { return [[Run("  unchanged", .dim)]] }
        var lines: [[Run]] = []
        compare(old, new, name: nil, level: 0, &lines)
        return Array(lines.prefix(mostLines))
    }

    private static func compare(_ old: JSON, _ new: JSON, name: String?, level: Int, _ lines: inout [[Run]]) {
        guard lines.count < mostLines else { return }
        guard case .object(let before) = old, case .object(let after) = new, level < 32 else {
            remove(old, name: name, level: level, &lines)
            add("+", .ok, new, name: name, level: level, &lines)
            return
        }
        lines.append(line(" ", .dim, level, label(name) + [Run("{", .text)]))
        var same = 0
        for (key, value) in before where after[key] == nil {
            remove(value, name: key, level: level + 1, &lines)
        }
        for (key, value) in after {
            guard let earlier = before[key] else {
                add("+", .ok, value, name: key, level: level + 1, &lines)
                continue
            }
            if earlier == value { same += 1 } else { compare(earlier, value, name: key, level: level + 1, &lines) }
        }
        if same > 0 { lines.append(line(" ", .dim, level + 1, [Run("… \(same) unchanged", .dim)])) }
        lines.append(line(" ", .dim, level, [Run("}", .text)]))
    }

    private static func add(
        _ sign: String, _ role: Role, _ value: JSON, name: String?, level: Int, _ lines: inout [[Run]]
    ) {
        let shown =
            name.map { Secrets.isSecret($0) && value.string != nil } == true
            ? .string(Secrets.mask) : Secrets.masked(value)
        let rows = shown.prettyText.split(separator: "\n", omittingEmptySubsequences: false).prefix(60)
        for (place, row) in rows.enumerated() {
            let text = EventInk.runs(String(row))
            lines.append(line(sign, role, level, (place == 0 ? label(name) : []) + text))
        }
    }

    /// What is gone stands on one line: what came matters more.
    private static func remove(_ value: JSON, name: String?, level: Int, _ lines: inout [[Run]]) {
        let isSecret = name.map { Secrets.isSecret($0) && value.string != nil } ?? false
        let text = isSecret ? Secrets.mask : Text.cut(Secrets.masked(value).text, to: 60)
        lines.append(line("-", .error, level, label(name) + [Run(text, .dim)]))
    }

    private static func label(_ name: String?) -> [Run] {
        name.map { [Run(JSON.string($0).text, .key), Run(": ", .dim)] } ?? []
    }

    private static func line(_ sign: String, _ role: Role, _ level: Int, _ runs: [Run]) -> [Run] {
        [Run("\(sign) " + String(repeating: "  ", count: min(level, 20)), role, .bold)] + runs
    }
}
