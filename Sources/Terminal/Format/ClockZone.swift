import Glibc
import Synchronization

/// How far local time is from UTC.
package struct ClockZone: Hashable, Sendable {
    package let secondsFromUTC: Int

    package init(secondsFromUTC: Int) {
        self.secondsFromUTC = secondsFromUTC
    }

    package static let utc = ClockZone(secondsFromUTC: 0)

    /// The zone of this computer at a moment; asked of the system once for each quarter of an hour, as zones change at
    /// such times only.
    package static func local(at microseconds: Int64) -> ClockZone {
        let quarter = microseconds / 900_000_000
        return cache.withLock { known in
            if let known, known.quarter == quarter { return known.zone }
            var time = time_t(microseconds / 1_000_000)
            var parts = tm()
            let zone = localtime_r(&time, &parts) == nil ? .utc : ClockZone(secondsFromUTC: parts.tm_gmtoff)
            known = (quarter, zone)
            return zone
        }
    }

    private static let cache = Mutex<(quarter: Int64, zone: ClockZone)?>(nil)
}

extension Format {
    /// `12:04:31.204`.
    ///
    /// - Parameter microseconds: since 1970 in UTC.
    package static func clock(microseconds: Int64, zone: ClockZone? = nil) -> String {
        let milliseconds = ((microseconds % 1_000_000) + 1_000_000) % 1_000_000 / 1000
        return time(microseconds: microseconds, zone: zone) + "." + padded(Int(milliseconds), to: 3)
    }

    /// `12:04:31`.
    package static func time(microseconds: Int64, zone: ClockZone? = nil) -> String {
        let second = secondOfDay(microseconds, zone)
        return "\(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60))"
    }

    /// `12:04`.
    package static func minute(microseconds: Int64, zone: ClockZone? = nil) -> String {
        let second = secondOfDay(microseconds, zone)
        return "\(padded(second / 3600)):\(padded(second / 60 % 60))"
    }

    /// `2026-11-21`.
    package static func date(microseconds: Int64, zone: ClockZone? = nil) -> String {
        let offset = (zone ?? .local(at: microseconds)).secondsFromUTC
        let seconds = microseconds / 1_000_000 - (microseconds % 1_000_000 < 0 ? 1 : 0) + Int64(offset)
        let day = seconds / 86400 - (seconds % 86400 < 0 ? 1 : 0)
        // Days to year, month and day in the proleptic Gregorian calendar, by eras of 400 years that begin in March.
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(padded(Int(year), to: 4))-\(padded(Int(month)))-\(padded(Int(dayOfYear - (153 * march + 2) / 5 + 1)))"
    }

    private static func secondOfDay(_ microseconds: Int64, _ zone: ClockZone?) -> Int {
        let offset = (zone ?? .local(at: microseconds)).secondsFromUTC
        let seconds = microseconds / 1_000_000 - (microseconds % 1_000_000 < 0 ? 1 : 0)
        let local = (seconds % 86400) + Int64(offset)
        return Int(((local % 86400) + 86400) % 86400)
    }

    private static func padded(_ value: Int, to count: Int = 2) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(count - digits.count, 0)) + digits
    }
}
