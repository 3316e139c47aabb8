/// Text in quotes, with what cannot be printed written as escapes.
enum QuotedText {
    /// In single quotes, unless the text has those and no double ones.
    static func quote(_ text: String) -> String {
        let quote: Unicode.Scalar = text.contains("'") && !text.contains("\"") ? "\"" : "'"
        var quoted = String(quote)
        for scalar in text.unicodeScalars {
            switch scalar {
            case quote, "\\": quoted += "\\" + String(scalar)
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default: quoted += isPrintable(scalar) ? String(scalar) : escape(scalar.value)
            }
        }
        return quoted + String(quote)
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }

    private static func escape(_ value: UInt32) -> String {
        let (letter, width) = value < 0x100 ? ("x", 2) : value < 0x10000 ? ("u", 4) : ("U", 8)
        let digits = String(value, radix: 16)
        return "\\" + letter + String(repeating: "0", count: width - digits.utf8.count) + digits
    }
}
