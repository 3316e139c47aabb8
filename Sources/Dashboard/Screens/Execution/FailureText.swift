import JSON
import Terminal

/// An error and its cause, as a person reads them.
enum FailureText {
    static func lines(_ error: String, _ cause: String) -> [[Run]] {
        [[Run("\(Mark.failed) ", .error), Run(error, .error, .bold)]] + (cause.isEmpty ? [] : [[]] + causeLines(cause))
    }

    /// Functions that fail give JSON with a message and a stack.
    private static func causeLines(_ cause: String) -> [[Run]] {
        guard let json = try? JSON(parsing: cause), json.object != nil else { return plain(cause, .text) }
        guard let message = json["errorMessage"]?.string else {
            return plain(Secrets.masked(json).prettyText, .text, isJSON: true)
        }
        var lines = plain((json["errorType"]?.string.map { "\($0): " } ?? "") + message, .error)
        let stack = (json["stackTrace"]?.array ?? json["trace"]?.array ?? []).compactMap(\.string)
        if !stack.isEmpty { lines.append([]) }
        return lines + stack.flatMap { plain($0, .dim) }
    }

    private static func plain(_ text: String, _ role: Role, isJSON: Bool = false) -> [[Run]] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).prefix(500).map { line in
            isJSON ? EventInk.runs(String(line)) : [Run(String(line), role)]
        }
    }
}
