import JSON

extension PathParser {
    /// `[…]`: names, places, a slice, `*` or a filter.
    mutating func bracket() throws(JSONPathError) -> PathSegment {
        try expect("[")
        skipSpace()
        let segment = try selector()
        skipSpace()
        try expect("]")
        return segment
    }

    private mutating func selector() throws(JSONPathError) -> PathSegment {
        switch current {
        case "*":
            offset += 1
            return .wildcard
        case "'", "\"": return try names()
        case "?":
            offset += 1
            skipSpace()
            return .filter(try filter())
        default: return try places()
        }
    }

    private mutating func names() throws(JSONPathError) -> PathSegment {
        var names: [String] = []
        repeat {
            skipSpace()
            guard isNext("'") || isNext("\"") else { throw problem("a name in quotes is missing") }
            names.append(try quoted())
            skipSpace()
        } while take(",")
        return names.count == 1 ? .name(names[0]) : .names(names)
    }

    private mutating func places() throws(JSONPathError) -> PathSegment {
        let first = try integer()
        skipSpace()
        if isNext(":") { return .slice(try slice(from: first)) }
        guard let first else { throw problem("a name in quotes or a number is missing") }
        guard isNext(",") else { return .index(first) }
        var places = [first]
        while take(",") {
            skipSpace()
            guard let place = try integer() else { throw problem("a number is missing") }
            places.append(place)
            skipSpace()
        }
        return .indexes(places)
    }

    private mutating func slice(from start: Int?) throws(JSONPathError) -> PathSlice {
        try expect(":")
        skipSpace()
        let end = try integer()
        skipSpace()
        guard take(":") else { return PathSlice(start: start, end: end, step: 1) }
        skipSpace()
        let step = try integer() ?? 1
        guard step > 0 else { throw problem("a step must be above 0") }
        return PathSlice(start: start, end: end, step: step)
    }

    /// - Returns: `nil` where no number stands.
    mutating func integer() throws(JSONPathError) -> Int? {
        let start = offset
        var digits = take("-") ? "-" : ""
        digits += taking { ("0"..."9").contains($0) }
        if digits.isEmpty { return nil }
        guard let value = Int(digits), abs(value.clamped) < Int(Int32.max) else {
            offset = start
            throw problem("a number is missing or too big")
        }
        return value
    }

    /// Text in the quotes that stand here.
    mutating func quoted() throws(JSONPathError) -> String {
        guard let quote = current else { throw problem("text in quotes is missing") }
        offset += 1
        var text = String.UnicodeScalarView()
        while let scalar = current {
            offset += 1
            if scalar == quote { return String(text) }
            guard scalar == "\\" else {
                text.append(scalar)
                continue
            }
            guard let escaped = current else { break }
            text.append(escaped)
            offset += 1
        }
        throw problem("a closing quote is missing")
    }
}

extension Int {
    /// So that `abs` cannot overflow.
    fileprivate var clamped: Int { Swift.max(self, -Int.max) }
}
