import Glibc

/// A moment, in microseconds since 1970 (UTC).
///
/// Arithmetic stops at the bounds of the type: times come from outside.
package struct Timestamp: Hashable, Comparable, Sendable {
    package var microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }
    package init(milliseconds: Int64) { microseconds = milliseconds.saturatingTimes(1000) }

    package static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    /// Rounded down, as AWS gives times.
    package var milliseconds: Int64 { microseconds.flooredDivision(by: 1000) }
    package var seconds: Int64 { microseconds.flooredDivision(by: 1_000_000) }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

    package static func + (time: Timestamp, duration: Microseconds) -> Timestamp {
        Timestamp(microseconds: time.microseconds.saturatingPlus(duration.count))
    }

    package static func - (time: Timestamp, duration: Microseconds) -> Timestamp {
        Timestamp(microseconds: time.microseconds.saturatingMinus(duration.count))
    }

    package static func - (left: Timestamp, right: Timestamp) -> Microseconds {
        Microseconds(left.microseconds.saturatingMinus(right.microseconds))
    }
}

/// A span of time in whole microseconds: the unit of everything measured here.
package struct Microseconds: Hashable, Comparable, Sendable {
    package var count: Int64

    package init(_ count: Int64) { self.count = count }

    package static let zero = Microseconds(0)
    package static func milliseconds(_ count: Int64) -> Microseconds { Microseconds(count.saturatingTimes(1000)) }
    package static func seconds(_ count: Int64) -> Microseconds { Microseconds(count.saturatingTimes(1_000_000)) }

    package var milliseconds: Double { Double(count) / 1000 }
    /// Whole milliseconds, rounded up: what Lambda bills.
    package var billedMilliseconds: Int64 { -Int64(0).saturatingMinus(count).flooredDivision(by: 1000) }

    package static func < (left: Microseconds, right: Microseconds) -> Bool { left.count < right.count }
    package static func + (left: Microseconds, right: Microseconds) -> Microseconds {
        Microseconds(left.count.saturatingPlus(right.count))
    }
    package static func - (left: Microseconds, right: Microseconds) -> Microseconds {
        Microseconds(left.count.saturatingMinus(right.count))
    }
}

extension Int64 {
    fileprivate func saturatingPlus(_ other: Int64) -> Int64 {
        let (sum, isOver) = addingReportingOverflow(other)
        return isOver ? (other < 0 ? .min : .max) : sum
    }

    fileprivate func saturatingMinus(_ other: Int64) -> Int64 {
        let (difference, isOver) = subtractingReportingOverflow(other)
        return isOver ? (other < 0 ? .max : .min) : difference
    }

    fileprivate func saturatingTimes(_ factor: Int64) -> Int64 {
        let (product, isOver) = multipliedReportingOverflow(by: factor)
        return isOver ? ((self < 0) == (factor < 0) ? .max : .min) : product
    }

    fileprivate func flooredDivision(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
