/// Times as ISO 8601 text, in UTC.
package enum ISOTime {
    /// `2026-01-31T12:04:31Z`, or with milliseconds `…:31.204Z`.
    ///
    /// - Parameter milliseconds: since 1970.
    package static func text(milliseconds: Int64, hasMilliseconds: Bool = false) -> String {
        let (days, rest) = floored(milliseconds, 86_400_000)
        let (year, month, day) = civil(days)
        let seconds = rest / 1000
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
        let fraction = hasMilliseconds ? "." + padded(rest % 1000, 3) : ""
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(clock)\(fraction)Z"
    }

    /// - Parameter text: `2026-01-31T12:04:31Z`, with or without a fraction, `Z` or an offset as `+02:00`.
    /// - Returns: seconds since 1970.
    package static func seconds(_ text: String) -> Double? {
        let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        let date = parts[0].split(separator: "-").compactMap { Int64($0) }
        guard date.count == 3, (0...9999).contains(date[0]), (1...12).contains(date[1]), (1...31).contains(date[2])
        else { return nil }
        let midnight = Double(days(date[0], date[1], date[2]) * 86400)
        guard parts.count == 2 else { return midnight }
        var clock = parts[1]
        var offset = 0.0
        if clock.hasSuffix("Z") {
            clock = clock.dropLast()
        } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            let numbers = clock[clock.index(after: sign)...].split(separator: ":").compactMap { Double($0) }
            guard (1...2).contains(numbers.count), numbers.allSatisfy({ $0 >= 0 && $0 < 60 }) else { return nil }
            let hours = numbers[0]
            offset = (hours * 3600 + (numbers.count > 1 ? numbers[1] * 60 : 0)) * (clock[sign] == "+" ? 1 : -1)
            clock = clock[..<sign]
        }
        let numbers = clock.split(separator: ":").compactMap { Double($0) }
        guard (2...3).contains(numbers.count), numbers.allSatisfy({ $0 >= 0 && $0 <= 60 }) else { return nil }
        return midnight + numbers[0] * 3600 + numbers[1] * 60 + (numbers.count > 2 ? numbers[2] : 0) - offset
    }

    /// Year, month and day of a count of days since 1970 (after Howard Hinnant's `civil_from_days`).
    package static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let (era, dayOfEra) = floored(shifted, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthPart = (5 * dayOfYear + 2) / 153
        let month = monthPart < 10 ? monthPart + 3 : monthPart - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthPart + 2) / 5 + 1)
    }

    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = floored(shifted, 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func floored(_ value: Int64, _ divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    package static func padded(_ value: Int64, _ count: Int) -> String {
        let text = String(value)
        return text.utf8.count >= count ? text : String(repeating: "0", count: count - text.utf8.count) + text
    }
}
