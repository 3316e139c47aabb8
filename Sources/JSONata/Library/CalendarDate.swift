/// A moment in the Gregorian calendar, without a time zone.
struct CalendarDate {
    static let day = 86_400_000
    /// The moments that JavaScript knows.
    static let limit = 8_640_000_000_000_000

    /// Milliseconds since 1970.
    let milliseconds: Int
    let year: Int
    /// From 1.
    let month: Int
    let dayOfMonth: Int
    let timeOfDay: Int

    init(_ milliseconds: Int) {
        self.milliseconds = milliseconds
        let days = Self.floorDivide(milliseconds, Self.day)
        timeOfDay = milliseconds - days * Self.day
        // Howard Hinnant's days-from-civil, backwards: eras of 400 years that begin in March.
        let shifted = days + 719_468
        let era = Self.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }

    /// - Parameter month: from 1; months beyond the year go on in the next.
    static func milliseconds(year: Int, month: Int, day: Int) -> Int {
        let months = year * 12 + month - 1
        let (year, month) = (floorDivide(months, 12), months - floorDivide(months, 12) * 12 + 1)
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = floorDivide(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era * 146_097 + dayOfEra - 719_468 + day - 1) * Self.day
    }

    /// From 1 for Monday to 7.
    var weekday: Int { Self.weekday(milliseconds) }

    private static func weekday(_ milliseconds: Int) -> Int {
        let days = floorDivide(milliseconds, day) + 3
        return days - floorDivide(days, 7) * 7 + 1
    }

    var dayOfYear: Int {
        Self.floorDivide(milliseconds - Self.milliseconds(year: year, month: 1, day: 1), Self.day) + 1
    }

    /// The Monday of the first week that has its Thursday in the month.
    private static func firstWeek(year: Int, month: Int) -> Int {
        let first = milliseconds(year: year, month: month, day: 1)
        let weekday = weekday(first)
        return weekday > 4 ? first + (8 - weekday) * day : first - (weekday - 1) * day
    }

    private var today: Int { milliseconds - timeOfDay }

    private func week(since start: Int) -> Int { Self.floorDivide(today - start, 7 * Self.day) + 1 }

    var weekOfYear: Int {
        let week = week(since: Self.firstWeek(year: year, month: 1))
        if week < 1 { return self.week(since: Self.firstWeek(year: year - 1, month: 1)) }
        if week > 52, today >= Self.firstWeek(year: year + 1, month: 1) { return 1 }
        return week
    }

    var weekOfMonth: Int {
        let week = week(since: Self.firstWeek(year: year, month: month))
        if week < 1 { return self.week(since: Self.firstWeek(year: year, month: month - 1)) }
        if week > 4, today >= Self.firstWeek(year: year, month: month + 1) { return 1 }
        return week
    }

    /// The year that the week belongs to.
    var yearOfWeek: Int {
        if today < Self.firstWeek(year: year, month: 1) { return year - 1 }
        return today >= Self.firstWeek(year: year + 1, month: 1) ? year + 1 : year
    }

    /// The month that the week belongs to.
    var monthOfWeek: Int {
        if today < Self.firstWeek(year: year, month: month) { return month == 1 ? 12 : month - 1 }
        guard today >= Self.firstWeek(year: year, month: month + 1) else { return month }
        return month == 12 ? 1 : month + 1
    }

    var hour: Int { timeOfDay / 3_600_000 }
    var minute: Int { timeOfDay / 60_000 % 60 }
    var second: Int { timeOfDay / 1000 % 60 }
    var millisecond: Int { timeOfDay % 1000 }

    /// The component that a picture names with this letter.
    func component(_ letter: Unicode.Scalar) -> Int? {
        switch letter {
        case "Y": year
        case "M": month
        case "D": dayOfMonth
        case "d": dayOfYear
        case "F": weekday
        case "W": weekOfYear
        case "w": weekOfMonth
        case "X": yearOfWeek
        case "x": monthOfWeek
        case "H": hour
        case "h": hour % 12 == 0 ? 12 : hour % 12
        case "P": hour >= 12 ? 1 : 0
        case "m": minute
        case "s": second
        case "f": millisecond
        default: nil
        }
    }

    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
}
