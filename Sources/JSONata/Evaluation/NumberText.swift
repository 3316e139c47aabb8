#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Numbers as JavaScript writes them.
enum NumberText {
    static func of(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
        let (digits, exponent) = decimal(abs(value))
        return (value < 0 ? "-" : "") + layout(digits, exponent)
    }

    /// With no more than 15 significant digits, so that 0.1 + 0.2 is 0.3.
    static func rounded(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        guard value.isFinite else { return of(value) }
        guard decimal(abs(value)).digits.count > 15 else { return of(value) }
        return of(toPrecision15(value))
    }

    private static func toPrecision15(_ value: Double) -> Double {
        var buffer = [CChar](repeating: 0, count: 64)
        let length = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.14e", $0) }
        guard length > 0, length < buffer.count else { return value }
        let text = String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return Double(text) ?? value
    }

    /// The shortest digits that mean the value, and the power of ten of a point in front of them.
    static func decimal(_ value: Double) -> (digits: [UInt8], exponent: Int) {
        var digits: [UInt8] = []
        var exponent = 0
        var pointPlace: Int?
        let text = Array(value.description.utf8)
        for (place, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "."): pointPlace = digits.count
            case UInt8(ascii: "e"):
                exponent = Int(String(decoding: text[(place + 1)...], as: UTF8.self)) ?? 0
                return trimmed(digits, (pointPlace ?? digits.count) + exponent)
            default: digits.append(byte)
            }
        }
        return trimmed(digits, pointPlace ?? digits.count)
    }

    private static func trimmed(_ digits: [UInt8], _ exponent: Int) -> (digits: [UInt8], exponent: Int) {
        var digits = digits[...]
        var exponent = exponent
        while digits.first == UInt8(ascii: "0") {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return digits.isEmpty ? ([UInt8(ascii: "0")], 1) : (Array(digits), exponent)
    }

    private static func layout(_ digits: [UInt8], _ exponent: Int) -> String {
        let text = String(decoding: digits, as: UTF8.self)
        if exponent > 21 || exponent < -5 {
            let power = exponent - 1
            let fraction = text.count > 1 ? "." + text.dropFirst() : ""
            return "\(text.prefix(1))\(fraction)e\(power < 0 ? "-" : "+")\(abs(power))"
        }
        if exponent <= 0 { return "0." + String(repeating: "0", count: -exponent) + text }
        if exponent >= text.count { return text + String(repeating: "0", count: exponent - text.count) }
        return text.prefix(exponent) + "." + text.dropFirst(exponent)
    }
}
