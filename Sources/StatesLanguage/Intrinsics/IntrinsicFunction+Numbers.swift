import JSON

extension IntrinsicFunction {
    /// Both sides are rounded; they and the sum must fit 32 bits.
    static func sum(_ left: JSON, _ right: JSON) -> JSON? {
        guard let left = addend(left), let right = addend(right) else { return nil }
        return Int32(exactly: left + right).map { .int(Int($0)) }
    }

    private static func addend(_ value: JSON) -> Int? {
        guard let number = value.number else { return nil }
        return Int32(exactly: number.double.rounded()).map(Int.init)
    }

    /// A whole number from the first on and below the second; with a seed always the same.
    static func randomNumber(_ arguments: [JSON], random: () -> UInt64) -> JSON? {
        guard let first = arguments[0].wholePart, let end = arguments[1].wholePart, first < end else { return nil }
        var word: UInt64
        if arguments.count > 2 {
            guard let seed = arguments[2].wholePart else { return nil }
            word = mixed(UInt64(bitPattern: Int64(seed)))
        } else {
            word = random()
        }
        let (width, overflows) = end.subtractingReportingOverflow(first)
        if overflows { return nil }
        word = word.multipliedFullWidth(by: UInt64(width)).high
        return .int(first + Int(word))
    }

    /// Spreads neighbouring seeds over all words (the finalizer of SplitMix64).
    private static func mixed(_ seed: UInt64) -> UInt64 {
        var word = seed &+ 0x9E37_79B9_7F4A_7C15
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    /// Version 4 of RFC 9562.
    static func uuid(_ random: () -> UInt64) -> String {
        let high = random() & ~0xF000 | 0x4000
        let low = random() & ~(0b11 << 62) | 0b10 << 62
        let digits = Array((hexadecimal(high) + hexadecimal(low)).utf8)
        let lengths = [8, 4, 4, 4, 12]
        var parts: [String] = []
        var start = 0
        for length in lengths {
            parts.append(String(decoding: digits[start..<start + length], as: UTF8.self))
            start += length
        }
        return parts.joined(separator: "-")
    }

    private static func hexadecimal(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
