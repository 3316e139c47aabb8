extension IntegerPicture {
    /// A regular expression for what the picture writes.
    func pattern() throws(JSONataError) -> String {
        switch style {
        case .letters: return letterCase == .lower ? "[a-z]+" : "[A-Z]+"
        case .roman: return letterCase == .lower ? "[mdclxvi]+" : "[MDCLXVI]+"
        case .words: return NumberWords.pattern
        case .sequence(let token): throw Self.unsupported(token)
        case .decimal: break
        }
        var classes = zero == 0x30 ? "0-9" : ""
        if zero != 0x30, let first = Unicode.Scalar(zero), let last = Unicode.Scalar(zero + 9) {
            classes = "\(Character(first))-\(Character(last))"
        }
        for separator in separators { classes += "\\" + String(Character(separator.character)) }
        let count = parsedWidth.map { "{\($0)}" } ?? "+"
        return "[\(classes)]\(count)" + (isOrdinal ? "(?:th|st|nd|rd)" : "")
    }

    private static func unsupported(_ token: String) -> JSONataError {
        JSONataError(
            "D3130",
            "Formatting or parsing an integer as a sequence starting with \(ValueText.quoted(token)) is not supported by this implementation"
        )
    }

    /// - Returns: `nil` when the text is no number of this kind.
    func parse(_ text: String) throws(JSONataError) -> Double? {
        switch style {
        case .letters: return Self.letters(text)
        case .roman: return Self.roman(text)
        case .words: return NumberWords.value(text)
        case .sequence(let token): throw Self.unsupported(token)
        case .decimal: return decimal(text)
        }
    }

    private static func letters(_ text: String) -> Double {
        text.utf8.reduce(0) { $0 * 26 + Double($1 & 31) }
    }

    private static func roman(_ text: String) -> Double? {
        var total = 0
        var largest = 1
        for letter in text.lowercased().reversed() {
            guard let value = romans.first(where: { $0.1 == String(letter) })?.0 else { return nil }
            if value < largest {
                total -= value
            } else {
                largest = value
                total += value
            }
        }
        return Double(total)
    }

    private func decimal(_ text: String) -> Double? {
        let text = isOrdinal ? text.dropLast(2) : text[...]
        var digits = ""
        for scalar in text.unicodeScalars where !separators.contains(where: { $0.character == scalar }) {
            if (zero...zero + 9).contains(scalar.value) {
                digits += String(scalar.value - zero)
            } else {
                digits += String(Character(scalar))
            }
        }
        let sign = digits.first == "-" || digits.first == "+" ? 1 : 0
        let whole = digits.prefix(sign) + digits.dropFirst(sign).prefix { ("0"..."9").contains($0) }
        return Double(String(whole))
    }
}
