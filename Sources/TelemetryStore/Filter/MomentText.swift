import Glibc
package import Telemetry

/// Times as a person writes them.
package enum MomentText {
    /// - Parameter text: `12:04`, `12:04:31` (today, local time), or `2026-01-31T12:04:31Z` (also with a blank instead of
    ///   the `T`, without the `Z` in local time, with or without seconds).
    package static func timestamp(_ text: String) -> Timestamp? {
        let isUTC = text.hasSuffix("Z")
        let plain = (isUTC ? text.dropLast() : text[...]).split(whereSeparator: { $0 == "T" || $0 == " " })
        switch plain.count {
        case 1 where plain[0].contains(":"):
            return combined(date: today(isUTC: isUTC), clock: plain[0], isUTC: isUTC)
        case 1:
            return combined(date: date(plain[0]), clock: "00:00", isUTC: isUTC)
        case 2:
            return combined(date: date(plain[0]), clock: plain[1], isUTC: isUTC)
        default:
            return nil
        }
    }

    private static func today(isUTC: Bool) -> (year: Int, month: Int, day: Int) {
        var seconds = time(nil)
        var parts = tm()
        if isUTC { gmtime_r(&seconds, &parts) } else { localtime_r(&seconds, &parts) }
        return (Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
    }

    private static func date(_ text: Substring) -> (year: Int, month: Int, day: Int)? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1970...9999).contains(parts[0]), (1...12).contains(parts[1]),
            (1...31).contains(parts[2])
        else { return nil }
        return (parts[0], parts[1], parts[2])
    }

    private static func combined(
        date: (year: Int, month: Int, day: Int)?, clock: Substring, isUTC: Bool
    ) -> Timestamp? {
        guard let date else { return nil }
        let numbers = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(numbers.count), let hour = Int(numbers[0]), let minute = Int(numbers[1]) else {
            return nil
        }
        guard let second = numbers.count == 3 ? Double(numbers[2]) : 0 else { return nil }
        guard (0...23).contains(hour), (0...59).contains(minute), second >= 0, second < 61 else { return nil }
        var parts = tm()
        parts.tm_year = Int32(date.year - 1900)
        parts.tm_mon = Int32(date.month - 1)
        parts.tm_mday = Int32(date.day)
        parts.tm_hour = Int32(hour)
        parts.tm_min = Int32(minute)
        parts.tm_isdst = -1
        let seconds = isUTC ? timegm(&parts) : mktime(&parts)
        guard seconds != -1 else { return nil }
        return Timestamp(microseconds: Int64(seconds) * 1_000_000 + Int64(second * 1_000_000))
    }
}
