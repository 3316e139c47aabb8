/// A line that Lambda itself writes in the text format.
struct PlatformLine: Hashable {
    var pieces: [LogMessage.Piece]

    /// Only these many bytes are looked at; Lambda's own lines are shorter.
    private static let limit = 2048

    init?(_ message: ArraySlice<UInt8>) {
        guard let first = message.first, Self.firstBytes.contains(first), message.count <= Self.limit else {
            return nil
        }
        guard let word = Self.words.first(where: { message.starts(with: $0.utf8) }) else { return nil }
        let rest = String(decoding: message.dropFirst(word.utf8.count), as: UTF8.self)
        guard let next = rest.first, next == " " || next == "\t" else { return nil }
        pieces = [LogMessage.Piece(word, .label)]
        if word == "REPORT" {
            pieces += Self.report(rest)
        } else {
            pieces += Self.fields(of: rest).map { LogMessage.Piece("  " + $0, .dim) }
        }
    }

    private static let words = [
        "START", "END", "REPORT", "INIT_START", "INIT_REPORT", "INIT_RUNTIME_DONE", "EXTENSION", "TELEMETRY",
        "RESTORE_START", "RESTORE_REPORT", "XRAY",
    ]
    private static let firstBytes = Set(words.compactMap(\.utf8.first))

    /// The fields of a line but the request id, which has a column.
    private static func fields(of text: String) -> [String] {
        text.split(separator: "\t").flatMap { part -> [String] in
            let part = String(part).trimming([" "])
            guard part.hasPrefix("RequestId: ") else { return part.isEmpty ? [] : [String(part)] }
            let rest = part.dropFirst("RequestId: ".count + 36)
            return rest.isEmpty ? [] : [String(String(rest).trimming([" "]))]
        }
    }

    /// The numbers of a REPORT line, the most telling ones first; the rest is in the line's own view.
    private static func report(_ text: String) -> [LogMessage.Piece] {
        var values: [String: String] = [:]
        for field in fields(of: text) {
            guard let colon = field.firstIndex(of: ":") else { continue }
            values[String(field[..<colon])] = String(String(field[field.index(after: colon)...]).trimming([" "]))
        }
        if let size = values["Memory Size"], let used = values["Max Memory Used"] {
            let unit = size.hasSuffix(" MB") && used.hasSuffix(" MB") ? String(used.dropLast(3)) : used
            values["Max Memory Used"] = "\(unit) of \(size)"
        }
        return reportLabels.flatMap { name, label -> [LogMessage.Piece] in
            guard let value = values[name] else { return [] }
            return [LogMessage.Piece(label.isEmpty ? "  " : "  \(label) ", .dim), LogMessage.Piece(value, .value)]
        }
    }

    private static let reportLabels: KeyValuePairs = [
        "Duration": "", "Billed Duration": "billed", "Max Memory Used": "memory", "Init Duration": "init",
        "Restore Duration": "restore", "Status": "status", "Error Type": "error",
    ]
}

extension LogMessage.Piece {
    init(_ text: String, _ ink: LogMessage.Ink) {
        self.init(bytes: Array(text.utf8), ink: ink)
    }
}
