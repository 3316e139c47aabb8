extension Settings {
    /// Takes over `FNTOP_THEME`, `FNTOP_ASCII`, `FNTOP_MOUSE`, `FNTOP_PORT` and `FNTOP_LOG_CAP_MIB`.
    package mutating func apply(environment variable: (String) -> String?, notes: inout [String]) {
        if let name = variable("FNTOP_THEME"), !name.isEmpty { theme = name }
        set("FNTOP_ASCII", variable, \.ascii, Self.flag, &notes)
        set("FNTOP_MOUSE", variable, \.mouse, Self.flag, &notes)
        set("FNTOP_PORT", variable, \.port, { UInt16($0) }, &notes)
        set("FNTOP_LOG_CAP_MIB", variable, \.logCapMiB, { Int($0).flatMap { $0 > 0 ? $0 : nil } }, &notes)
    }

    private mutating func set<Value>(
        _ name: String,
        _ variable: (String) -> String?,
        _ path: WritableKeyPath<Settings, Value>,
        _ parse: (String) -> Value?,
        _ notes: inout [String]
    ) {
        guard let text = variable(name), !text.isEmpty else { return }
        guard let value = parse(text) else {
            notes.append("\(name)=\(text.prefix(40)) is not understood")
            return
        }
        self[keyPath: path] = value
    }

    private static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "1", "true", "yes", "on": true
        case "0", "false", "no", "off": false
        default: nil
        }
    }
}
