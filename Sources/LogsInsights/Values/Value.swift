import JSON

/// A value while a query runs.
enum Value {
    case missing
    case bool(Bool)
    case number(Double)
    /// Milliseconds since 1970.
    case time(Int64)
    /// Text that lies in the line; valid only while the line is looked at.
    case borrowed(UnsafeBufferPointer<UInt8>)
    case text([UInt8])
    case json(JSON)

    var isMissing: Bool { if case .missing = self { true } else { false } }

    /// The same, for longer than the line is looked at.
    var owned: Value {
        if case .borrowed(let bytes) = self { return .text(Array(bytes)) }
        return self
    }

    /// As a number; texts count when they are one.
    var number: Double? {
        switch self {
        case .missing, .json(.object), .json(.array): nil
        case .bool(let value): value ? 1 : 0
        case .number(let number): number
        case .time(let time): Double(time)
        case .borrowed(let bytes): NumberText.value(bytes)
        case .text(let bytes): bytes.withUnsafeBufferPointer { NumberText.value($0) }
        case .json(let json): json.double ?? json.string.flatMap { Value.text(Array($0.utf8)).number }
        }
    }

    /// Whether it holds as a condition.
    var isTrue: Bool {
        switch self {
        case .missing: false
        case .bool(let value): value
        case .number(let number): number != 0
        default: number.map { $0 != 0 } ?? (bytes == Array("true".utf8))
        }
    }

    /// As a client gets it; empty for what is missing.
    var bytes: [UInt8] {
        switch self {
        case .missing: []
        case .bool(let value): [value ? UInt8(ascii: "1") : UInt8(ascii: "0")]
        case .number(let number): Array(NumberText.text(number).utf8)
        case .time(let time): Array(TimeText.text(time).utf8)
        case .borrowed(let bytes): Array(bytes)
        case .text(let bytes): bytes
        case .json(let json): json.string.map { Array($0.utf8) } ?? json.bytes
        }
    }

    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        switch self {
        case .borrowed(let bytes): body(bytes)
        case .text(let bytes): bytes.withUnsafeBufferPointer(body)
        default: bytes.withUnsafeBufferPointer(body)
        }
    }

    /// - Returns: a negative number when the left one comes first: missing ones last, numbers by size, others by bytes.
    static func order(_ left: Value, _ right: Value) -> Int {
        if left.isMissing || right.isMissing { return (left.isMissing ? 1 : 0) - (right.isMissing ? 1 : 0) }
        let (leftNumber, rightNumber) = (left.number, right.number)
        if let leftNumber, let rightNumber { return leftNumber < rightNumber ? -1 : leftNumber > rightNumber ? 1 : 0 }
        // Numbers come before texts, so that a mixed column has one order.
        if leftNumber != nil || rightNumber != nil { return leftNumber != nil ? -1 : 1 }
        return left.withBytes { left in right.withBytes { compare(left, $0) } }
    }

    private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        for (a, b) in zip(left, right) where a != b { return a < b ? -1 : 1 }
        return left.count - right.count
    }

    static func isEqual(_ left: Value, _ right: Value) -> Bool {
        guard !left.isMissing, !right.isMissing else { return false }
        switch (left, right) {
        case (.bool(let flag), let other), (let other, .bool(let flag)):
            if let number = other.number { return number == (flag ? 1 : 0) }
            return other.bytes == Array((flag ? "true" : "false").utf8)
        case (.number, _), (_, .number), (.time, _), (_, .time):
            guard let left = left.number, let right = right.number else { return false }
            return left == right
        default: return left.withBytes { left in right.withBytes { compare(left, $0) == 0 } }
        }
    }
}
