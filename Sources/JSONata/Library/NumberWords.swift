#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Numbers in English words.
enum NumberWords {
    private static let few = [
        "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
        "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen",
    ]
    private static let fewOrdinals = [
        "Zeroth", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth",
        "Eleventh", "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth",
        "Nineteenth",
    ]
    private static let tens = [
        "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety", "Hundred",
    ]
    private static let magnitudes = ["Thousand", "Million", "Billion", "Trillion"]

    static func text(_ value: Double, isOrdinal: Bool) -> String {
        guard value.isFinite else { return NumberText.of(value) }
        return text(value.rounded(.down), isAfter: false, isOrdinal)
    }

    private static func text(_ value: Double, isAfter: Bool, _ isOrdinal: Bool) -> String {
        if value < 20 {
            let number = Int(value)
            return (isAfter ? " and " : "") + (isOrdinal ? fewOrdinals[number] : few[number])
        }
        if value < 100 { return (isAfter ? " and " : "") + tens(Int(value), isOrdinal) }
        let separator = isAfter ? ", " : ""
        if value < 1000 {
            let rest = Int(value) % 100
            return separator + few[Int(value) / 100] + " Hundred" + tail(Double(rest), isOrdinal)
        }
        let magnitude = min(Int(log10(value) / 3), magnitudes.count)
        let factor = pow(10, Double(magnitude * 3))
        let count = (value / factor).rounded(.down)
        return separator + text(count, isAfter: false, false) + " " + magnitudes[magnitude - 1]
            + tail((value - count * factor).magnitude, isOrdinal)
    }

    private static func tens(_ number: Int, _ isOrdinal: Bool) -> String {
        let word = tens[number / 10 - 2]
        if number % 10 > 0 { return word + "-" + text(Double(number % 10), isAfter: false, isOrdinal) }
        return isOrdinal ? word.dropLast() + "ieth" : word
    }

    private static func tail(_ rest: Double, _ isOrdinal: Bool) -> String {
        rest > 0 ? text(rest, isAfter: true, isOrdinal) : isOrdinal ? "th" : ""
    }

    private static let values: [String: Double] = {
        var values: [String: Double] = [:]
        for (number, word) in few.enumerated() { values[word.lowercased()] = Double(number) }
        for (number, word) in fewOrdinals.enumerated() { values[word.lowercased()] = Double(number) }
        for (number, word) in tens.enumerated() {
            values[word.lowercased()] = Double((number + 2) * 10)
            values[word.lowercased().dropLast() + "ieth"] = Double((number + 2) * 10)
        }
        values["hundredth"] = 100
        var factor = 1000.0
        for word in magnitudes {
            values[word.lowercased()] = factor
            values[word.lowercased() + "th"] = factor
            factor *= 1000
        }
        return values
    }()

    static let pattern: String =
        "(?:"
        + (values.keys.sorted { $0.count > $1.count } + ["and", "[\\-, ]"])
        .joined(separator: "|") + ")+"

    /// - Returns: `nil` where there is a word that is no number.
    static func value(_ text: String) -> Double? {
        var segments = [0.0]
        for word in text.lowercased().split(whereSeparator: { " ,-\t\n".contains($0) }) where word != "and" {
            guard let value = values[String(word)] else { return nil }
            var top = segments.popLast() ?? 0
            if value < 100 {
                if top >= 1000 {
                    segments.append(top)
                    top = 0
                }
                segments.append(top + value)
            } else {
                segments.append(top * value)
            }
        }
        return segments.reduce(0, +)
    }
}
