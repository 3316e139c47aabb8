/// Records of comma-separated values (RFC 4180), put together from pieces of a file.
package struct CSVText: Sendable {
    private var field: [UInt8] = []
    private var fields: [String] = []
    private var state = State.start

    private enum State {
        case start, bare, quoted, quoteInQuoted
    }

    package init() {}

    /// The records that end in these bytes.
    package mutating func feed(_ bytes: some Sequence<UInt8>) -> [[String]] {
        var records: [[String]] = []
        for byte in bytes {
            switch (state, byte) {
            case (.quoted, UInt8(ascii: "\"")): state = .quoteInQuoted
            case (.quoted, _): field.append(byte)
            case (.quoteInQuoted, UInt8(ascii: "\"")):
                field.append(byte)
                state = .quoted
            case (.start, UInt8(ascii: "\"")): state = .quoted
            case (_, UInt8(ascii: ",")): endField()
            case (_, 0x0A):
                if let record = endRecord() { records.append(record) }
            case (_, 0x0D): break
            default:
                field.append(byte)
                state = .bare
            }
        }
        return records
    }

    /// The record that is left at the end of the file.
    package mutating func finish() -> [String]? { endRecord() }

    private mutating func endField() {
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
        state = .start
    }

    /// - Returns: `nil` for an empty line.
    private mutating func endRecord() -> [String]? {
        guard !field.isEmpty || !fields.isEmpty || state == .quoteInQuoted else { return nil }
        endField()
        defer { fields = [] }
        return fields
    }

    package static func line(_ fields: [String]) -> String { fields.map(quoted).joined(separator: ",") }

    private static func quoted(_ field: String) -> String {
        let mustQuote = field.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
        }
        guard mustQuote else { return field }
        var text = "\""
        for character in field.unicodeScalars {
            if character == "\"" { text += "\"" }
            text.unicodeScalars.append(character)
        }
        return text + "\""
    }
}
