import Glibc

/// A span of time as `bin`, `datefloor` and `dateceil` take it: `5m`, `1 hour`, `1mo`.
struct InsightsPeriod: Hashable, Sendable {
    /// A fixed length in milliseconds, or a count of calendar months.
    enum Length: Hashable, Sendable {
        case milliseconds(Int64)
        case months(Int64)
    }

    let length: Length

    static let units = "10ms 30s 5m 1h 1d 1w 1mo 1q 1y"

    private static let fixed: [String: Int64] = [
        "ms": 1, "msec": 1, "millisecond": 1, "milliseconds": 1, "s": 1000, "sec": 1000, "second": 1000,
        "seconds": 1000, "m": 60_000, "min": 60_000, "minute": 60_000, "minutes": 60_000, "h": 3_600_000,
        "hr": 3_600_000, "hour": 3_600_000, "hours": 3_600_000, "d": 86_400_000, "day": 86_400_000,
        "days": 86_400_000, "w": 604_800_000, "week": 604_800_000, "weeks": 604_800_000,
    ]
    private static let calendar: [String: Int64] = [
        "mo": 1, "mon": 1, "month": 1, "months": 1, "q": 3, "qtr": 3, "quarter": 3, "quarters": 3, "y": 12, "yr": 12,
        "year": 12, "years": 12,
    ]

    init?(count: Double, unit: String) {
        guard count >= 1, count <= 1_000_000, count == count.rounded(.down) else { return nil }
        let unit = unit.lowercased()
        if let length = Self.fixed[unit] {
            self.length = .milliseconds(Int64(count) * length)
        } else if let months = Self.calendar[unit] {
            length = .months(Int64(count) * months)
        } else {
            return nil
        }
    }

    init(milliseconds: Int64) { length = .milliseconds(milliseconds) }

    /// The latest beginning of a period that is not after the time; weeks begin on Monday.
    func floor(_ milliseconds: Int64) -> Int64 {
        switch length {
        case .milliseconds(let length):
            // 1970 began on a Thursday.
            let shift: Int64 = length % 604_800_000 == 0 ? 345_600_000 : 0
            return Self.floored(milliseconds - shift, length) * length + shift
        case .months(let months):
            let count = Self.floored(Self.month(of: milliseconds), months) * months
            return Self.start(ofMonth: count)
        }
    }

    func ceil(_ milliseconds: Int64) -> Int64 {
        let floor = floor(milliseconds)
        guard floor < milliseconds else { return floor }
        switch length {
        case .milliseconds(let length): return floor + length
        case .months(let months): return Self.start(ofMonth: Self.month(of: floor) + months)
        }
    }

    private static func floored(_ value: Int64, _ divisor: Int64) -> Int64 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// Months since the year 0.
    private static func month(of milliseconds: Int64) -> Int64 {
        var seconds = time_t(floored(milliseconds, 1000))
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return (Int64(parts.tm_year) + 1900) * 12 + Int64(parts.tm_mon)
    }

    private static func start(ofMonth month: Int64) -> Int64 {
        var parts = tm()
        parts.tm_year = Int32(truncatingIfNeeded: floored(month, 12) - 1900)
        parts.tm_mon = Int32(truncatingIfNeeded: month - floored(month, 12) * 12)
        parts.tm_mday = 1
        return Int64(timegm(&parts)) * 1000
    }
}
