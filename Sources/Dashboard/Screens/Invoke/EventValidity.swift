import JSON

/// Whether an event's text is JSON, and where it is not.
enum EventValidity: Hashable {
    /// Lambda takes it as no event at all, which functions see as an empty object.
    case empty
    case valid(byteCount: Int)
    /// Lines and columns are counted from 1.
    case invalid(problem: String, line: Int, column: Int)

    init(_ text: String) {
        guard text.contains(where: { !$0.isWhitespace }) else {
            self = .empty
            return
        }
        do throws(JSONError) {
            _ = try JSON(parsing: text)
            self = .valid(byteCount: text.utf8.count)
        } catch {
            let before = String(decoding: text.utf8.prefix(error.offset), as: UTF8.self)
            let line = before.count(where: \.isNewline) + 1
            let column = before.reversed().prefix { !$0.isNewline }.count + 1
            self = .invalid(problem: error.problem, line: line, column: column)
        }
    }

    var canBeSent: Bool {
        if case .invalid = self { false } else { true }
    }
}
