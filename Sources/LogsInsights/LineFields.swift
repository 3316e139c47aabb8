import JSON
package import Telemetry

/// All fields of one line, by name: what GetLogRecord answers.
package enum LineFields {
    private static let mostFields = 1000
    private static let mostNested = 32

    package static func all(_ line: LogLineView, account: String = "000000000000") -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        for name in LineField.systemNames {
            let value = LineField(name).value(line, account: account)
            guard !value.isMissing else { continue }
            // Times are milliseconds here.
            if case .time(let time) = value {
                fields.append((name, String(time)))
            } else {
                fields.append((name, value.string))
            }
        }
        if let json = try? JSON(parsing: line.message), json.object != nil { flatten(json, "", 0, &fields) }
        return fields
    }

    private static func flatten(
        _ json: JSON, _ path: String, _ depth: Int, _ fields: inout [(name: String, value: String)]
    ) {
        guard depth < mostNested, fields.count < mostFields else { return }
        let prefix = path.isEmpty ? "" : "\(path)."
        switch json {
        case .object(let object): for (name, value) in object { flatten(value, prefix + name, depth + 1, &fields) }
        case .array(let values):
            for (index, value) in values.enumerated() { flatten(value, prefix + String(index), depth + 1, &fields) }
        case .null: break
        default: fields.append((path, Value(json).string))
        }
    }
}
