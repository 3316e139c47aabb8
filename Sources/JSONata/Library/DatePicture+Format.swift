extension DatePicture {
    /// - Parameter offset: minutes east of Greenwich.
    func format(_ milliseconds: Int, offset: Int) throws(JSONataError) -> String {
        let date = CalendarDate(milliseconds + offset * 60_000)
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .marker(let marker): text += try format(marker, date, offset)
            }
        }
        return text
    }

    private func format(_ marker: Marker, _ date: CalendarDate, _ offset: Int) throws(JSONataError) -> String {
        switch marker.component {
        case "Z", "z": return try zone(marker, offset)
        case "C", "E": return "ISO"
        case "P":
            let text = date.hour >= 12 ? "pm" : "am"
            return marker.names == .upper ? text.uppercased() : text
        default: break
        }
        guard var value = date.component(marker.component) else { return "" }
        if let names = marker.names { return try name(marker, value, names) }
        if let digits = marker.yearDigits, digits < 10 {
            value %= (0..<digits).reduce(1) { power, _ in power * 10 }
        }
        return try marker.integer?.format(Double(value)) ?? ""
    }

    private func name(_ marker: Marker, _ value: Int, _ names: IntegerPicture.Case) throws(JSONataError) -> String {
        var text: String
        switch marker.component {
        case "M", "x": text = CalendarDate.months[Swift.max(value - 1, 0) % 12]
        case "F": text = CalendarDate.days[Swift.max(value - 1, 0) % 7]
        default:
            throw Self.unnamed(marker)
        }
        if names == .upper { text = text.uppercased() }
        if names == .lower { text = text.lowercased() }
        guard let longest = marker.longest else { return text }
        return String(text.prefix(longest))
    }

    static func unnamed(_ marker: Marker) -> JSONataError {
        JSONataError(
            "D3133",
            "The 'name' modifier can only be applied to months and days in the date/time picture string, not \"\(Character(marker.component))\""
        )
    }

    private func zone(_ marker: Marker, _ offset: Int) throws(JSONataError) -> String {
        if offset == 0, marker.isTraditional { return "Z" }
        guard let integer = marker.integer else { return "" }
        let (hours, minutes) = (offset.magnitude / 60, offset.magnitude % 60)
        var text: String
        if integer.repeatEvery > 0 {
            text = try integer.format(Double(hours * 100 + minutes))
        } else {
            switch integer.mandatoryDigits {
            case 1, 2:
                text = try integer.format(Double(hours))
                if minutes > 0 { text += ":" + (minutes < 10 ? "0" : "") + String(minutes) }
            case 3, 4: text = try integer.format(Double(hours * 100 + minutes))
            default:
                throw JSONataError(
                    "D3134",
                    "The timezone integer format specifier cannot have more than four digits")
            }
        }
        return (marker.component == "z" ? "GMT" : "") + (offset < 0 ? "-" : "+") + text
    }
}
