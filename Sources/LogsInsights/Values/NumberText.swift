/// Numbers as logs write them, and as answers do.
enum NumberText {
    private static let powers: [Double] = (0...22).map { power in (0..<power).reduce(1.0) { value, _ in value * 10 } }

    /// - Returns: `nil` for text that is not a number from its first to its last byte.
    static func value(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard !bytes.isEmpty, bytes.count <= 64 else { return nil }
        var place = 0
        let isNegative = bytes[0] == UInt8(ascii: "-")
        if isNegative || bytes[0] == UInt8(ascii: "+") { place = 1 }
        var mantissa: UInt64 = 0
        var digits = 0
        var fraction = 0
        var hasPoint = false
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                mantissa = mantissa &* 10 &+ UInt64(byte & 15)
                digits += 1
                if hasPoint { fraction += 1 }
            } else {
                return general(bytes)
            }
            place += 1
        }
        guard digits > 0 else { return nil }
        // Up to 2^53 and 10^22 the division is exact but for its one rounding.
        guard digits <= 15, fraction <= 22 else { return general(bytes) }
        let value = Double(mantissa) / powers[fraction]
        return isNegative ? -value : value
    }

    private static func general(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard bytes.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
        guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    /// Whole numbers as they are, others with up to four digits behind the point.
    static func text(_ number: Double) -> String {
        guard number.isFinite else { return "" }
        if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
        guard abs(number) < 1e11 else { return "\(number)" }
        let scaled = Int64((abs(number) * 10_000).rounded())
        guard scaled > 0 else { return "0" }
        var digits = String(scaled % 10_000)
        digits = String(repeating: "0", count: 4 - digits.utf8.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        let text = digits.isEmpty ? String(scaled / 10_000) : "\(scaled / 10_000).\(digits)"
        return number < 0 ? "-\(text)" : text
    }

    /// As CloudWatch writes sizes in bytes: `1.28E8`.
    static func exponential(megabytes: Double) -> String {
        guard megabytes > 0, megabytes < 1e9 else { return "0.0" }
        var exponent = 6
        var value = megabytes
        while value >= 10 {
            value /= 10
            exponent += 1
        }
        while value < 1 {
            value *= 10
            exponent -= 1
        }
        return "\((value * 1e9).rounded() / 1e9)E\(exponent)"
    }
}
