#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension NumberPicture {
    func format(_ value: Double, prefix: String) -> String {
        var number = value.magnitude
        if count(of: symbols.percent) > 0 { number *= 100 }
        if count(of: symbols.perMille) > 0 { number *= 1000 }
        guard number.isFinite else { return prefix + symbols.infinity + string(suffix[...]) }
        var power: Int?
        if leastExponent > 0 { (number, power) = scaled(number) }
        let rounded = Library.rounded(number, precision: Double(mostFraction))
        var (whole, fraction) = Self.digits(rounded, places: mostFraction)
        while whole.first == "0" { whole.removeFirst() }
        while fraction.last == "0" { fraction.removeLast() }
        whole = repeatElement("0", count: max(leastInteger - whole.count, 0)) + whole
        fraction += repeatElement("0", count: max(leastFraction - fraction.count, 0))
        var result = prefix + grouped(whole)
        if !fraction.isEmpty { result += symbols.decimal + grouped(fraction: fraction) }
        if let power { result += exponentText(power) }
        return result + string(suffix[...])
    }

    func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// Between the powers of ten that the digits of the integer part stand for.
    private func scaled(_ value: Double) -> (Double, Int) {
        guard value > 0 else { return (value, 0) }
        let (most, least) = (pow(10, Double(scale)), pow(10, Double(scale - 1)))
        var (mantissa, power) = (value, 0)
        while mantissa < least {
            mantissa *= 10
            power -= 1
        }
        while mantissa > most {
            mantissa /= 10
            power += 1
        }
        return (mantissa, power)
    }

    private static func digits(_ value: Double, places: Int) -> ([Unicode.Scalar], [Unicode.Scalar]) {
        let places = min(places, 100)
        var buffer = [CChar](repeating: 0, count: 512)
        let length = withVaList([Int32(places), value]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
        let text = buffer.prefix(max(Int(length), 0)).map { Unicode.Scalar(UInt8(bitPattern: $0)) }
        guard let point = text.firstIndex(of: ".") else { return (text, []) }
        return (Array(text[..<point]), Array(text[(point + 1)...]))
    }

    private func localized(_ digit: Unicode.Scalar) -> String {
        String(Character(Unicode.Scalar(digit.value - 0x30 + symbols.zero.value) ?? digit))
    }

    private func grouped(_ whole: [Unicode.Scalar]) -> String {
        var text = ""
        for (place, digit) in whole.enumerated() {
            let rest = whole.count - place
            let isGroup = groupEvery > 0 ? rest % groupEvery == 0 : integerGroups.contains(rest)
            if place > 0, isGroup { text += symbols.grouping }
            text += localized(digit)
        }
        return text
    }

    private func grouped(fraction: [Unicode.Scalar]) -> String {
        var text = ""
        for (place, digit) in fraction.enumerated() {
            if place > 0, fractionGroups.contains(place) { text += symbols.grouping }
            text += localized(digit)
        }
        return text
    }

    private func exponentText(_ power: Int) -> String {
        let digits = Array(String(power.magnitude).unicodeScalars)
        let padding = repeatElement("0" as Unicode.Scalar, count: max(leastExponent - digits.count, 0))
        return symbols.exponent + (power < 0 ? symbols.minus : "")
            + (Array(padding) + digits).map(localized).joined()
    }
}
