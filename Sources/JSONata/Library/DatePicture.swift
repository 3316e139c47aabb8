/// A picture of a date and time: `[Y0001]-[M01]-[D01]` (XPath's format-dateTime).
struct DatePicture {
    enum Part {
        case literal(String)
        case marker(Marker)
    }

    struct Marker {
        var component: Unicode.Scalar
        var names: IntegerPicture.Case?
        var integer: IntegerPicture?
        var longest: Int?
        /// Digits of a year that are kept.
        var yearDigits: Int?
        var isTraditional = false
    }

    private(set) var parts: [Part] = []

    static let iso = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]"

    private static let presentations: [Unicode.Scalar: String] = [
        "Y": "1", "M": "1", "D": "1", "d": "1", "F": "n", "W": "1", "w": "1", "X": "1", "x": "1", "H": "1", "h": "1",
        "P": "n", "m": "01", "s": "01", "f": "1", "Z": "01:01", "z": "01:01", "C": "n", "E": "n",
    ]
    private static let numeric = Set("YMDdFWwXxHhmsf".unicodeScalars)

    init(_ picture: String) throws(JSONataError) {
        let scalars = Array(picture.unicodeScalars)
        var place = 0
        var literal = ""
        while place < scalars.count {
            guard scalars[place] == "[" else {
                literal += String(Character(scalars[place]))
                // A doubled bracket means the bracket.
                let isDoubled = scalars[place] == "]" && place + 1 < scalars.count && scalars[place + 1] == "]"
                place += isDoubled ? 2 : 1
                continue
            }
            if place + 1 < scalars.count, scalars[place + 1] == "[" {
                literal += "["
                place += 2
                continue
            }
            guard let end = scalars[place...].firstIndex(of: "]") else {
                throw JSONataError("D3135", "No matching closing bracket ']' in date/time picture string")
            }
            if !literal.isEmpty { parts.append(.literal(literal)) }
            literal = ""
            let marker = scalars[(place + 1)..<end].filter { !$0.properties.isWhitespace }
            try add(marker)
            place = end + 1
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
    }

    private mutating func add(_ text: [Unicode.Scalar]) throws(JSONataError) {
        guard let component = text.first, let standard = Self.presentations[component] else {
            let name = text.first.map { String(Character($0)) } ?? ""
            throw JSONataError("D3132", "Unknown component specifier \"\(name)\" in date/time picture string")
        }
        var marker = Marker(component: component)
        var presentation = text.dropFirst()
        var shortest: Int?
        if let comma = presentation.lastIndex(of: ",") {
            let widths = presentation[(comma + 1)...].split(separator: "-", maxSplits: 1).map(Self.number)
            presentation = presentation[..<comma]
            shortest = widths.first ?? nil
            marker.longest = widths.count > 1 ? widths[1] : nil
        }
        var suffix = ""
        if presentation.count > 1, let last = presentation.last, "atco".unicodeScalars.contains(last) {
            presentation = presentation.dropLast()
            suffix = ";" + String(Character(last))
            marker.isTraditional = last == "t"
        }
        let primary = presentation.isEmpty ? standard : presentation.map { String(Character($0)) }.joined()
        if primary.hasPrefix("n") {
            marker.names = .lower
        } else if primary.hasPrefix("N") {
            marker.names = primary.hasPrefix("Nn") ? .title : .upper
        } else if Self.numeric.contains(component) {
            try setInteger(&marker, primary + suffix, shortest)
        }
        if component == "Z" || component == "z" { marker.integer = try IntegerPicture(primary) }
        parts.append(.marker(marker))
    }

    private static func number(_ text: ArraySlice<Unicode.Scalar>) -> Int? {
        Int(text.map { String(Character($0)) }.joined()).map { Swift.min(Swift.max($0, 0), 1000) }
    }

    private mutating func setInteger(_ marker: inout Marker, _ picture: String, _ shortest: Int?) throws(JSONataError) {
        var integer = try IntegerPicture(picture)
        if let shortest { integer.mandatoryDigits = Swift.max(integer.mandatoryDigits, shortest) }
        if marker.component == "Y" {
            if let longest = marker.longest {
                marker.yearDigits = longest
                integer.mandatoryDigits = longest
            } else if integer.mandatoryDigits + integer.optionalDigits >= 2 {
                marker.yearDigits = integer.mandatoryDigits + integer.optionalDigits
            }
        }
        marker.integer = integer
        // A number right behind another needs to know where that one ends.
        if case .marker(var previous) = parts.last, let digits = previous.integer?.mandatoryDigits {
            previous.integer?.parsedWidth = digits
            parts[parts.count - 1] = .marker(previous)
        }
    }
}
