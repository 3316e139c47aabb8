import Telemetry
import TelemetryStore

/// What a log line says, in pieces that are drawn one after another: the text first, then its fields.
///
/// Time, level and request id are left out where they stand in columns of their own.
struct LogMessage: Hashable {
    var form: Form
    var pieces: [Piece]

    enum Form: Hashable {
        case plain
        /// A JSON object on one line.
        case structured
        /// Lambda's own `START`, `END`, `REPORT`, `INIT_START` and the like.
        case platform
    }

    struct Piece: Hashable {
        var bytes: [UInt8]
        var ink: Ink
    }

    enum Ink: Hashable {
        case text, key, value, label, dim
    }

    /// Longer JSON is shown as it came.
    static let structuredLimit = 16 * 1024

    /// - Parameter limit: more bytes than this of plain text are not looked at.
    init(_ line: LogLine, limit: Int) {
        let message = line.message[...].trimmingLineEnds
        if let platform = PlatformLine(message) {
            self.init(form: .platform, pieces: platform.pieces)
        } else if let structured = StructuredLine(message) {
            self.init(form: structured.isPlatform ? .platform : .structured, pieces: structured.pieces)
        } else {
            let text = message.afterRuntimePrefix.dropping(level: line.level)
            self.init(form: .plain, pieces: [Piece(bytes: Array(text.prefix(max(limit, 0))), ink: .text)])
        }
    }

    init(form: Form, pieces: [Piece]) {
        self.form = form
        self.pieces = pieces
    }

    /// The whole message as one text.
    var bytes: [UInt8] { pieces.flatMap(\.bytes) }
}

extension ArraySlice<UInt8> {
    /// Without line feeds, carriage returns and blanks at the end.
    var trimmingLineEnds: ArraySlice<UInt8> {
        guard let last = lastIndex(where: { ![0x0A, 0x0D, 0x20].contains($0) }) else { return self[endIndex...] }
        return self[startIndex...last]
    }

    /// Without what the runtimes of Lambda write before each message of a function's own log.
    ///
    /// Node: `TIME\tREQUEST\tLEVEL\tmessage`; Python: `[LEVEL]\tTIME\tREQUEST\tmessage`, and `[ERROR] Type: message`
    /// for what a handler raised; Lambda itself: `TIME REQUEST Task timed out after 3.00 seconds`.
    var afterRuntimePrefix: ArraySlice<UInt8> {
        if let rest = dropping(fields: 3, separator: 0x09) { return rest }
        if let rest = dropping(fields: 2, separator: 0x20) { return rest }
        let mark = Array("[ERROR] ".utf8)
        return starts(with: mark) ? dropFirst(mark.count) : self
    }

    /// What follows so many fields that say what columns say; `nil` when that is not how the line begins.
    private func dropping(fields count: Int, separator: UInt8) -> ArraySlice<UInt8>? {
        var fields: [ArraySlice<UInt8>] = []
        var place = startIndex
        let end = Swift.min(endIndex, startIndex + 120)
        while fields.count < count, let next = self[place..<end].firstIndex(of: separator) {
            fields.append(self[place..<next])
            place = next + 1
        }
        guard fields.count == count, fields.contains(where: { RequestID(utf8: $0) != nil }) else { return nil }
        return fields.allSatisfy(\.isRuntimeField) ? self[place...] : nil
    }

    /// Without the name of the level at the beginning, which has a column of its own.
    fileprivate func dropping(level: LogLevel) -> ArraySlice<UInt8> {
        let word = prefix { $0 != 0x20 && $0 != UInt8(ascii: ":") }
        guard level != .none, word.count <= 8, word.count < count else { return self }
        guard LogLevel(name: String(decoding: word, as: UTF8.self)) == level else { return self }
        return dropFirst(word.count).drop { $0 == 0x20 || $0 == UInt8(ascii: ":") }
    }

    private var isRuntimeField: Bool {
        if RequestID(utf8: self) != nil { return true }
        let word = String(decoding: self, as: UTF8.self).trimming(["[", "]"])
        return LogLevel(name: word) != nil || (count >= 20 && count <= 32 && last == UInt8(ascii: "Z"))
    }
}

extension String {
    func trimming(_ characters: Set<Character>) -> Substring {
        var text = self[...]
        while let first = text.first, characters.contains(first) { text = text.dropFirst() }
        while let last = text.last, characters.contains(last) { text = text.dropLast() }
        return text
    }
}
