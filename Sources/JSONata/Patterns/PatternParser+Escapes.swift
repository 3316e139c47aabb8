extension PatternParser {
    mutating func escape() throws(PatternError) -> PatternTree {
        place += 1
        guard let scalar = current else { throw PatternError(problem: "\\ at end of pattern") }
        switch scalar {
        case 0x62:
            place += 1
            return .wordBoundary(isNegated: false)
        case 0x42:
            place += 1
            return .wordBoundary(isNegated: true)
        case 0x31...0x39: return .backreference((number() ?? 1) - 1)
        case 0x6B where isAt("<", offset: 1):
            place += 2
            return .namedBackreference(try name())
        default: break
        }
        if let set = classEscape() { return .set(set) }
        return .character(try characterEscape())
    }

    /// `\d \D \w \W \s \S`
    private mutating func classEscape() -> CharacterSet? {
        let set: CharacterSet
        switch current {
        case 0x64: set = .digits
        case 0x44: set = CharacterSet.digits.negated
        case 0x77: set = .words
        case 0x57: set = CharacterSet.words.negated
        case 0x73: set = .spaces
        case 0x53: set = CharacterSet.spaces.negated
        default: return nil
        }
        place += 1
        return set
    }

    private mutating func characterEscape() throws(PatternError) -> UInt32 {
        guard let scalar = current else { throw PatternError(problem: "\\ at end of pattern") }
        place += 1
        switch scalar {
        case 0x6E: return 0x0A
        case 0x72: return 0x0D
        case 0x74: return 0x09
        case 0x76: return 0x0B
        case 0x66: return 0x0C
        case 0x30: return 0
        case 0x78: return hexadecimal(2) ?? scalar
        case 0x75: return unicode() ?? scalar
        case 0x63:
            guard let letter = current, (0x41...0x5A).contains(letter & ~0x20) else { return 0x5C }
            place += 1
            return letter & 31
        default: return scalar
        }
    }

    private mutating func unicode() -> UInt32? {
        guard let high = hexadecimal(4) else { return nil }
        guard (0xD800..<0xDC00).contains(high), isAt("\\u") else { return high }
        let afterHigh = place
        place += 2
        guard let low = hexadecimal(4), (0xDC00..<0xE000).contains(low) else {
            place = afterHigh
            return high
        }
        return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
    }

    private mutating func hexadecimal(_ count: Int) -> UInt32? {
        guard place + count <= scalars.count else { return nil }
        var value: UInt32 = 0
        for scalar in scalars[place..<place + count] {
            guard let digit = Unicode.Scalar(scalar).flatMap({ Character($0).hexDigitValue }) else { return nil }
            value = value << 4 + UInt32(digit)
        }
        place += count
        return value
    }

    /// `[…]`
    mutating func set() throws(PatternError) -> CharacterSet {
        place += 1
        var set = CharacterSet(isNegated: skip("^"))
        while current != 0x5D {
            guard current != nil else { throw PatternError(problem: "Unterminated character class") }
            guard let low = try setMember(into: &set) else { continue }
            guard current == 0x2D, place + 1 < scalars.count, scalars[place + 1] != 0x5D else {
                set.ranges.append(low...low)
                continue
            }
            place += 1
            guard let high = try setMember(into: &set) else {
                set.ranges += [low...low, 0x2D...0x2D]
                continue
            }
            guard low <= high else { throw PatternError(problem: "Range out of order in character class") }
            set.ranges.append(low...high)
        }
        place += 1
        return set
    }

    /// - Returns: `nil` when the member was a class, which is in the set then.
    private mutating func setMember(into set: inout CharacterSet) throws(PatternError) -> UInt32? {
        guard let scalar = current else { throw PatternError(problem: "Unterminated character class") }
        place += 1
        guard scalar == 0x5C else { return scalar }
        if let part = classEscape() {
            set.parts.append(part)
            return nil
        }
        if current == 0x62 {
            place += 1
            return 0x08
        }
        return try characterEscape()
    }
}
