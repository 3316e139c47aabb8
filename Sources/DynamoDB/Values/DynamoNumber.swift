import AWSCore

/// A number as DynamoDB has it: up to 38 significant digits, exact.
struct DynamoNumber: Hashable, Sendable {
    let isNegative: Bool
    /// Decimal digits without zeros at either end; empty for zero. The value is `0.d1d2d3… × 10^exponent`.
    let digits: [UInt8]
    let exponent: Int

    static let mostDigits = 38
    /// 1E-130 to 9.99…E+125.
    private static let exponents = -129...126

    static let zero = DynamoNumber(isNegative: false, digits: [], exponent: 0)

    /// - Parameter digits: at most 38, without zeros at either end.
    init(isNegative: Bool, digits: [UInt8], exponent: Int) {
        self.isNegative = isNegative
        self.digits = digits
        self.exponent = exponent
    }

    /// - Throws: `ValidationException` for what is no number, or beyond what DynamoDB holds.
    init(_ text: String) throws(ServiceError) {
        guard let parts = NumberText(text) else {
            throw .validation(
                "The parameter cannot be converted to a numeric value" + (text.isEmpty ? "" : ": \(text)"))
        }
        self = try Self.normalized(parts.isNegative, parts.digits, parts.exponent)
    }

    private static func normalized(
        _ isNegative: Bool, _ all: [UInt8], _ exponent: Int
    ) throws(ServiceError) -> DynamoNumber {
        guard let first = all.firstIndex(where: { $0 != 0 }), let last = all.lastIndex(where: { $0 != 0 }) else {
            return .zero
        }
        let digits = Array(all[first...last])
        let (moved, isOver) = exponent.subtractingReportingOverflow(first)
        guard digits.count <= mostDigits else {
            throw .validation("Attempting to store more than 38 significant digits in a Number")
        }
        guard !isOver, moved <= exponents.upperBound else {
            throw .validation(
                "Number overflow. Attempting to store a number with magnitude larger than supported range")
        }
        guard moved >= exponents.lowerBound else {
            throw .validation(
                "Number underflow. Attempting to store a number with magnitude smaller than supported range")
        }
        return DynamoNumber(isNegative: isNegative, digits: digits, exponent: moved)
    }

    /// Plain decimal, without an exponent.
    var text: String {
        guard !digits.isEmpty else { return "0" }
        var text = isNegative ? "-" : ""
        if exponent <= 0 {
            text += "0." + String(repeating: "0", count: -exponent) + Self.text(digits[...])
        } else if exponent >= digits.count {
            text += Self.text(digits[...]) + String(repeating: "0", count: exponent - digits.count)
        } else {
            text += Self.text(digits[..<exponent]) + "." + Self.text(digits[exponent...])
        }
        return text
    }

    private static func text(_ digits: ArraySlice<UInt8>) -> String {
        String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    }

    /// Bytes that compare as the numbers do.
    var orderingBytes: [UInt8] {
        guard !digits.isEmpty else { return [1] }
        let biased = UInt16(exponent + 256)
        let body = [UInt8(biased >> 8), UInt8(biased & 255)] + digits.map { $0 + 1 }
        return isNegative ? [0] + body.map { ~$0 } + [255] : [2] + body + [0]
    }

    /// What DynamoDB counts for it: about half a byte a digit, and one.
    var size: Int { (digits.count + 1) / 2 + 1 + (isNegative ? 1 : 0) }

    func adding(_ other: DynamoNumber) throws(ServiceError) -> DynamoNumber {
        if digits.isEmpty { return other }
        if other.digits.isEmpty { return self }
        let top = max(exponent, other.exponent)
        let bottom = min(exponent - digits.count, other.exponent - other.digits.count)
        let left = Self.aligned(self, top, bottom)
        let right = Self.aligned(other, top, bottom)
        if isNegative == other.isNegative {
            return try Self.normalized(isNegative, Self.sum(left, right), top + 1)
        }
        let isLess = left.lexicographicallyPrecedes(right)
        let difference = isLess ? Self.difference(right, left) : Self.difference(left, right)
        return try Self.normalized(isLess ? other.isNegative : isNegative, difference, top)
    }

    func subtracting(_ other: DynamoNumber) throws(ServiceError) -> DynamoNumber {
        try adding(DynamoNumber(isNegative: !other.isNegative, digits: other.digits, exponent: other.exponent))
    }

    /// The digits from place `top` down to place `bottom`.
    private static func aligned(_ number: DynamoNumber, _ top: Int, _ bottom: Int) -> [UInt8] {
        let before = [UInt8](repeating: 0, count: top - number.exponent)
        let after = [UInt8](repeating: 0, count: number.exponent - number.digits.count - bottom)
        return before + number.digits + after
    }

    /// One digit longer than its parts.
    private static func sum(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: left.count + 1)
        var carry: UInt8 = 0
        for index in left.indices.reversed() {
            let digit = left[index] + right[index] + carry
            result[index + 1] = digit % 10
            carry = digit / 10
        }
        result[0] = carry
        return result
    }

    private static func difference(_ larger: [UInt8], _ smaller: [UInt8]) -> [UInt8] {
        var result = larger
        var borrow: UInt8 = 0
        for index in larger.indices.reversed() {
            let taken = smaller[index] + borrow
            borrow = larger[index] < taken ? 1 : 0
            result[index] = larger[index] + borrow * 10 - taken
        }
        return result
    }
}

extension DynamoNumber: Comparable {
    static func < (left: DynamoNumber, right: DynamoNumber) -> Bool {
        left.orderingBytes.lexicographicallyPrecedes(right.orderingBytes)
    }
}

/// The parts of a number's text: sign, digits, and where the point stands.
private struct NumberText {
    let isNegative: Bool
    let digits: [UInt8]
    let exponent: Int

    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        guard rest.count <= 200 else { return nil }
        isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let whole = rest.prefix(while: Self.isDigit)
        rest = rest.dropFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = rest.prefix(while: Self.isDigit)
            rest = rest.dropFirst(fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        var power = 0
        if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
            guard let value = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), value.magnitude < 100_000 else {
                return nil
            }
            power = value
            rest = []
        }
        guard rest.isEmpty else { return nil }
        digits = (whole + fraction).map { $0 - UInt8(ascii: "0") }
        exponent = whole.count + power
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
