#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Library {
    static let numbers = [
        Builtin("number", 1, "<(nsb)-:n>", number),
        Builtin("abs", 1, "<n-:n>", abs),
        Builtin("floor", 1, "<n-:n>", floor),
        Builtin("ceil", 1, "<n-:n>", ceil),
        Builtin("round", 2, "<n-n?:n>", round),
        Builtin("power", 2, "<n-n:n>", power),
        Builtin("sqrt", 1, "<n-:n>", sqrt),
        Builtin("sum", 1, "<a<n>:n>", sum),
        Builtin("max", 1, "<a<n>:n>", max),
        Builtin("min", 1, "<a<n>:n>", min),
        Builtin("average", 1, "<a<n>:n>", average),
    ]

    static func number(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        switch arguments[0] {
        case .undefined: return .undefined
        case .number, .exact: return arguments[0]
        case .bool(let value): return .number(value ? 1 : 0)
        case .string(let text):
            guard let value = parse(text), value.isFinite else { throw notANumber(arguments[0]) }
            return .number(value)
        default: throw notANumber(arguments[0])
        }
    }

    private static func notANumber(_ value: Value) -> JSONataError {
        JSONataError("D3030", "Unable to cast value to a number: \(describe(value))")
    }

    private static func parse(_ text: String) -> Double? {
        for (prefix, radix) in [("0x", 16), ("0X", 16), ("0b", 2), ("0B", 2), ("0o", 8), ("0O", 8)]
        where text.hasPrefix(prefix) {
            let digits = text.dropFirst(2)
            guard digits.first != "+", digits.first != "-" else { return nil }
            return UInt64(digits, radix: radix).map { Double($0) }
        }
        // Swift reads more than JSON has: "+1", ".5", "1.", "inf", "0x1p3".
        let bytes = Array(text.utf8)
        let isPlain = bytes.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
        }
        guard isPlain, let first = bytes.first, first != UInt8(ascii: "+"), first != UInt8(ascii: ".") else {
            return nil
        }
        guard let point = bytes.firstIndex(of: UInt8(ascii: ".")) else { return Double(text) }
        let isDigit = { (place: Int) in
            bytes.indices.contains(place) && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place])
        }
        return isDigit(point - 1) && isDigit(point + 1) ? Double(text) : nil
    }

    static func abs(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let value = arguments[0].number else { return .undefined }
        return .number(value.magnitude)
    }

    static func floor(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let value = arguments[0].number else { return .undefined }
        return .number(value.rounded(.down))
    }

    static func ceil(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let value = arguments[0].number else { return .undefined }
        return .number(value.rounded(.up))
    }

    static func round(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let value = arguments[0].number else { return .undefined }
        return .number(rounded(value, precision: arguments[1].number ?? 0))
    }

    /// Rounds decimal digits, a half to the even neighbour.
    static func rounded(_ value: Double, precision: Double) -> Double {
        guard precision != 0 else { return value.rounded(.toNearestOrEven) + 0 }
        guard precision.magnitude <= 400 else { return precision > 0 ? value : 0 }
        let shift = Int(precision)
        let result = shifted(shifted(value, by: shift).rounded(.toNearestOrEven), by: -shift)
        return result.isFinite ? result + 0 : value
    }

    /// Moves the decimal point without the error of a multiplication.
    private static func shifted(_ value: Double, by places: Int) -> Double {
        let parts = NumberText.of(value).split(separator: "e", maxSplits: 1)
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        return Double("\(parts.first ?? "0")e\(exponent + places)") ?? value
    }

    static func power(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let base = arguments[0].number else { return .undefined }
        let exponent = arguments[1].number ?? .nan
        let result = pow(base, exponent)
        guard result.isFinite else {
            throw JSONataError(
                "D3061",
                "The power function has resulted in a value that cannot be represented as a JSON number: base=\(NumberText.of(base)), exponent=\(NumberText.of(exponent))"
            )
        }
        return .number(result)
    }

    static func sqrt(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let value = arguments[0].number else { return .undefined }
        guard value >= 0 else {
            throw JSONataError(
                "D3060", "The sqrt function cannot be applied to a negative number: \(NumberText.of(value))")
        }
        return .number(value.squareRoot())
    }

    private static func numbers(_ value: Value) -> [Double]? { value.elements?.compactMap(\.number) }

    static func sum(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let numbers = numbers(arguments[0]) else { return .undefined }
        return .number(numbers.reduce(0, +))
    }

    static func max(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        numbers(arguments[0])?.max().map(Value.number) ?? .undefined
    }

    static func min(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        numbers(arguments[0])?.min().map(Value.number) ?? .undefined
    }

    static func average(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let numbers = numbers(arguments[0]), !numbers.isEmpty else { return .undefined }
        return .number(numbers.reduce(0, +) / Double(numbers.count))
    }

    static func random(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        .number(evaluator.random.unit())
    }
}
