extension IntegerPicture {
    /// The largest number that is written digit by digit.
    private static let largest = 9e15

    /// - Parameter value: a whole number.
    func format(_ value: Double) throws(JSONataError) -> String {
        let magnitude = value.magnitude
        let text: String
        switch style {
        case .letters: text = Self.letters(magnitude, isUpper: letterCase == .upper)
        case .roman: text = try roman(magnitude)
        case .words: text = words(magnitude)
        case .decimal: text = decimal(magnitude)
        case .sequence(let token):
            throw JSONataError(
                "D3130",
                "Formatting or parsing an integer as a sequence starting with \(ValueText.quoted(token)) is not supported by this implementation"
            )
        }
        return value < 0 ? "-" + text : text
    }

    private static func letters(_ value: Double, isUpper: Bool) -> String {
        var rest = value < largest ? Int(value) : Int(largest)
        var letters: [UInt8] = []
        let first = UInt8(ascii: isUpper ? "A" : "a")
        while rest > 0 {
            letters.append(first + UInt8((rest - 1) % 26))
            rest = (rest - 1) / 26
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }

    static let romans: [(Int, String)] = [
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
        (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ]

    private func roman(_ value: Double) throws(JSONataError) -> String {
        guard value < 1_000_000 else {
            throw JSONataError("D3130", "Formatting an integer of a million or more as a roman number is not supported")
        }
        var rest = Int(value)
        var text = ""
        for (number, numeral) in Self.romans {
            text += String(repeating: numeral, count: rest / number)
            rest %= number
        }
        return letterCase == .upper ? text.uppercased() : text
    }

    private func words(_ value: Double) -> String {
        let text = NumberWords.text(value, isOrdinal: isOrdinal)
        switch letterCase {
        case .upper: return text.uppercased()
        case .lower: return text.lowercased()
        case .title: return text
        }
    }

    private func decimal(_ value: Double) -> String {
        var digits = Array(NumberText.of(value).unicodeScalars)
        let missing = min(mandatoryDigits, 10_000) - digits.count
        if missing > 0 { digits.insert(contentsOf: repeatElement("0", count: missing), at: 0) }
        let suffix = isOrdinal ? Self.ordinalSuffix(digits) : ""
        if zero != 0x30 {
            digits = digits.map { digit in
                ("0"..."9").contains(digit) ? Unicode.Scalar(digit.value - 0x30 + zero) ?? digit : digit
            }
        }
        separate(&digits)
        var text = String.UnicodeScalarView()
        text.append(contentsOf: digits)
        return String(text) + suffix
    }

    private static func ordinalSuffix(_ digits: [Unicode.Scalar]) -> String {
        if digits.count > 1, digits[digits.count - 2] == "1" { return "th" }
        switch digits.last {
        case "1": return "st"
        case "2": return "nd"
        case "3": return "rd"
        default: return "th"
        }
    }

    private func separate(_ digits: inout [Unicode.Scalar]) {
        var separated: [Unicode.Scalar] = []
        for (place, digit) in digits.enumerated() {
            let rest = digits.count - place
            if place > 0, let separator = separator(before: rest) { separated.append(separator) }
            separated.append(digit)
        }
        digits = separated
    }

    /// What stands in front of so many digits.
    private func separator(before rest: Int) -> Unicode.Scalar? {
        if repeatEvery > 0 { return rest % repeatEvery == 0 ? separators.first?.character : nil }
        return separators.first { $0.position == rest }?.character
    }
}
