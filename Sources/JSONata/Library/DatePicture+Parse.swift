extension DatePicture {
    /// - Parameter now: milliseconds since 1970; where the picture begins with a lesser component, the greater ones are today's.
    /// - Returns: milliseconds since 1970; `nil` when the text does not look like the picture.
    func parse(_ text: String, now: Int, evaluator: Evaluator) throws(JSONataError) -> Int? {
        guard let found = try match(text, evaluator) else { return nil }
        var components: [Unicode.Scalar: Int] = [:]
        for (marker, text) in found {
            guard let value = try self.value(of: text, marker) else { return nil }
            components[marker.component] = value
        }
        guard !components.isEmpty else { return nil }
        return try Self.moment(components, now)
    }

    private func match(_ text: String, _ evaluator: Evaluator) throws(JSONataError) -> [(Marker, String)]? {
        var source = "^"
        var markers: [Marker] = []
        for part in parts {
            switch part {
            case .literal(let literal):
                for scalar in literal.unicodeScalars {
                    let isSpecial =
                        scalar.isASCII && !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
                    source += (isSpecial ? "\\" : "") + String(Character(scalar))
                }
            case .marker(let marker):
                source += "(" + (try pattern(marker)) + ")"
                markers.append(marker)
            }
        }
        guard let pattern = try? Pattern(source + "$", flags: "i") else { return nil }
        let subject = PatternText(text)
        var machine = PatternMachine(pattern, subject, stepLimit: 1_000_000)
        let match = machine.firstMatch(from: 0)
        try evaluator.spend((1_000_000 - Swift.max(machine.stepsLeft, 0)) / 16 + source.utf8.count)
        guard let match else { return nil }
        return Swift.zip(markers, match.groups).map { ($0, $1.map(subject.text) ?? "") }
    }

    private func pattern(_ marker: Marker) throws(JSONataError) -> String {
        if marker.component == "Z" || marker.component == "z" {
            var pattern = (marker.component == "z" ? "GMT" : "") + "[\\-+][0-9]+"
            if let separator = marker.integer?.separators.first {
                pattern += "\\\(Character(separator.character))[0-9]+"
            }
            return marker.isTraditional ? "Z|" + pattern : pattern
        }
        if let integer = marker.integer { return try integer.pattern() }
        guard "MxFPCE".unicodeScalars.contains(marker.component) else { throw Self.unnamed(marker) }
        return "[a-zA-Z]+"
    }

    private func value(of text: String, _ marker: Marker) throws(JSONataError) -> Int? {
        if marker.component == "Z" || marker.component == "z" { return Self.offset(text) }
        if let integer = marker.integer {
            guard let value = try integer.parse(text), value.magnitude < 300_000 else { return nil }
            return Int(value)
        }
        let names: [String]
        switch marker.component {
        case "M", "x": names = CalendarDate.months
        case "F": names = CalendarDate.days
        case "P": return text.lowercased() == "pm" ? 1 : text.lowercased() == "am" ? 0 : nil
        default: return 0
        }
        let wanted = text.lowercased()
        return names.firstIndex { name in
            name.lowercased() == wanted || marker.longest.map { name.prefix($0).lowercased() == wanted } ?? false
        }.map { $0 + 1 }
    }

    /// `+0530`, `GMT-5`, `+05:30`: minutes east of Greenwich.
    static func offset(_ text: String) -> Int {
        let isWest = text.contains("-")
        let numbers = text.split { !("0"..."9").contains($0) }.map { Int($0.prefix(8)) ?? 0 }
        guard let first = numbers.first else { return 0 }
        let isShort = (text.split { !("0"..."9").contains($0) }.first?.count ?? 0) <= 2
        let minutes =
            numbers.count > 1 ? first * 60 + numbers[1] : isShort ? first * 60 : first / 100 * 60 + first % 100
        return isWest ? -minutes : minutes
    }

    private static func holds(_ components: [Unicode.Scalar: Int], of letters: String, only: String) -> Bool {
        let given = letters.unicodeScalars.filter { components[$0] != nil }
        return !given.isEmpty && given.allSatisfy { only.unicodeScalars.contains($0) }
    }

    private static func moment(_ given: [Unicode.Scalar: Int], _ now: Int) throws(JSONataError) -> Int {
        var components = given
        let gap = JSONataError(
            "D3136", "The date/time picture string is missing specifiers required to parse the timestamp")
        let isDayOfYear = !holds(given, of: "YXMxWwdD", only: "YMD") && holds(given, of: "YXMxWwdD", only: "Yd")
        guard isDayOfYear || !holds(given, of: "YXMxWwdD", only: "XxwF") || holds(given, of: "YXMxWwdD", only: "YMD"),
            isDayOfYear || !holds(given, of: "YXMxWwdD", only: "XWF") || holds(given, of: "YXMxWwdD", only: "YMD")
        else { throw gap }
        let isHalfDay = !holds(given, of: "PHhmsf", only: "Hmsf") && holds(given, of: "PHhmsf", only: "Phmsf")
        let today = CalendarDate(now)
        var (hasBegun, hasEnded) = (false, false)
        for letter in ((isDayOfYear ? "Yd" : "YMD") + (isHalfDay ? "Phmsf" : "Hmsf")).unicodeScalars {
            if components[letter] != nil {
                hasBegun = true
                guard !hasEnded else { throw gap }
            } else if hasBegun {
                components[letter] = "MDd".unicodeScalars.contains(letter) ? 1 : 0
                hasEnded = true
            } else {
                components[letter] = today.component(letter)
            }
        }
        let part = { (letter: Unicode.Scalar) in components[letter] ?? 0 }
        let days =
            isDayOfYear
            ? CalendarDate.milliseconds(year: part("Y"), month: 1, day: part("d"))
            : CalendarDate.milliseconds(year: part("Y"), month: Swift.max(part("M"), 1), day: part("D"))
        let hour = isHalfDay ? part("h") % 12 + (part("P") == 1 ? 12 : 0) : part("H")
        let offset = components["Z"] ?? components["z"] ?? 0
        return days + ((hour * 60 + part("m") - offset) * 60 + part("s")) * 1000 + part("f")
    }
}
