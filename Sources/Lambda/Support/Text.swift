import Glibc
import Telemetry

extension Timestamp {
    /// `2026-11-21T05:43:11.123Z`
    var iso8601: String { text(suffix: "Z") }
    /// `2026-11-21T05:43:11.123+0000`, as Lambda gives `LastModified`.
    var lastModified: String { text(suffix: "+0000") }

    private func text(suffix: String) -> String {
        let parts = calendar
        let date = "\(parts.year)-\(parts.month.padded(2))-\(parts.day.padded(2))"
        let time = "\(parts.hour.padded(2)):\(parts.minute.padded(2)):\(parts.second.padded(2))"
        return "\(date)T\(time).\(Int(((milliseconds % 1000) + 1000) % 1000).padded(3))\(suffix)"
    }

    /// `2026/11/21`, as log streams begin.
    var datePath: String { "\(calendar.year)/\(calendar.month.padded(2))/\(calendar.day.padded(2))" }

    private var calendar: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        return (
            Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday), Int(parts.tm_hour),
            Int(parts.tm_min), Int(parts.tm_sec)
        )
    }
}

extension String {
    /// Whether it has digits only.
    var isDecimal: Bool { utf8.allSatisfy { (0x30...0x39).contains($0) } }
}

extension Int {
    func padded(_ width: Int) -> String {
        let text = String(self)
        return String(repeating: "0", count: Swift.max(0, width - text.count)) + text
    }
}

extension Microseconds {
    /// Milliseconds with two decimals: `12.34`.
    var twoDecimals: String {
        let hundredths = (Swift.max(count, 0) + 5) / 10
        return "\(hundredths / 100).\(Int(hundredths % 100).padded(2))"
    }

    /// Milliseconds with up to three decimals, as a number.
    var value: Double { Double(count) / 1000 }

    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(seconds.multipliedReportingOverflow(by: 1_000_000).partialValue &+ attoseconds / 1_000_000_000_000)
    }

    var duration: Duration { .microseconds(count) }
}

/// Digits of random numbers.
enum Hexadecimal {
    static func random(_ count: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        var text = ""
        while text.utf8.count < count {
            let word = String(generator.next() as UInt64, radix: 16)
            text += String(repeating: "0", count: 16 - word.utf8.count) + word
        }
        return String(text.prefix(count))
    }

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
