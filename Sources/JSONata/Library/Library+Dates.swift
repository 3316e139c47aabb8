extension Library {
    static let dates = [
        Builtin("now", 2, "<s?s?:s>", now),
        Builtin("millis", 0, "<:n>", millis),
        Builtin("fromMillis", 3, "<n-s?s?:s>", fromMillis),
        Builtin("toMillis", 2, "<s-s?:n>", toMillis),
    ]

    static func millis(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        .number(Double(evaluator.environment.now))
    }

    static func now(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        .string(try format(Double(evaluator.environment.now), arguments[0].string, arguments[1].string))
    }

    static func fromMillis(
        _ evaluator: Evaluator, _ arguments: Arguments, _ input: Value
    ) throws(JSONataError) -> Value {
        guard let value = arguments[0].number else { return .undefined }
        try evaluator.spend(arguments[1].string?.utf8.count ?? 0)
        return .string(try format(value, arguments[1].string, arguments[2].string))
    }

    private static func format(_ value: Double, _ picture: String?, _ zone: String?) throws(JSONataError) -> String {
        guard value.magnitude <= Double(CalendarDate.limit) else {
            throw JSONataError("D3137", "The number \(NumberText.of(value)) is outside the range of timestamps")
        }
        let offset = zone.map { Swift.min(Swift.max(DatePicture.offset($0), -6000), 6000) } ?? 0
        return try DatePicture(picture ?? DatePicture.iso).format(Int(value.rounded(.towardZero)), offset: offset)
    }

    static func toMillis(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        guard let picture = arguments[1].string else {
            guard let value = ISOTimestamp.milliseconds(text) else {
                throw JSONataError(
                    "D3110",
                    "The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given \(ValueText.quoted(text))"
                )
            }
            return .number(Double(value))
        }
        try evaluator.spend(picture.utf8.count)
        let now = Int(evaluator.environment.now)
        guard let value = try DatePicture(picture).parse(text, now: now, evaluator: evaluator) else {
            return .undefined
        }
        return .number(Double(value))
    }
}

/// `2017-11-07T15:07:54.972Z` and its shorter forms.
enum ISOTimestamp {
    static func milliseconds(_ text: String) -> Int? {
        var rest = Array(text.utf8)[...]
        guard let year = digits(4, &rest) else { return nil }
        var (month, day) = (1, 1)
        if skip("-", &rest) {
            guard let number = digits(2, &rest), (1...12).contains(number) else { return nil }
            month = number
            if skip("-", &rest) {
                guard let number = digits(2, &rest), (1...31).contains(number) else { return nil }
                day = number
            }
        }
        var time = 0
        if skip("T", &rest) {
            guard let hour = digits(2, &rest), hour <= 24, skip(":", &rest), let minute = digits(2, &rest), minute < 60
            else { return nil }
            time = (hour * 60 + minute) * 60_000
            if skip(":", &rest) {
                guard let second = digits(2, &rest), second < 60 else { return nil }
                time += second * 1000
                if skip(".", &rest) {
                    guard let fraction = fraction(&rest) else { return nil }
                    time += fraction
                }
            }
        }
        guard let offset = offset(&rest), rest.isEmpty else { return nil }
        return CalendarDate.milliseconds(year: year, month: month, day: day) + time - offset * 60_000
    }

    private static func skip(_ character: Unicode.Scalar, _ rest: inout ArraySlice<UInt8>) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest.removeFirst()
        return true
    }

    private static func digits(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Milliseconds; further digits are dropped.
    private static func fraction(_ rest: inout ArraySlice<UInt8>) -> Int? {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        var value = 0
        for place in 0..<3 {
            let digit = digits.count > place ? Int(digits[digits.startIndex + place] - 0x30) : 0
            value = value * 10 + digit
        }
        return value
    }

    private static func offset(_ rest: inout ArraySlice<UInt8>) -> Int? {
        if rest.isEmpty || skip("Z", &rest) { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard skip("+", &rest) || skip("-", &rest), let hours = digits(2, &rest) else { return nil }
        _ = skip(":", &rest)
        guard let minutes = digits(2, &rest) else { return nil }
        return (hours * 60 + minutes) * (isWest ? -1 : 1)
    }
}
