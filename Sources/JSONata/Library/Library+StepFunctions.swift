import Crypto
import JSON

/// What AWS adds in Step Functions (Developer Guide, "Transforming data with JSONata").
extension Library {
    static let stepFunctionsOnly = [
        Builtin("partition", 2, "<an:a>", partition),
        Builtin("range", 3, "<nnn:a>", range),
        Builtin("hash", 2, "<s-s:s>", hash),
        Builtin("random", 1, "<n?:n>", seededRandom),
        Builtin("uuid", 0, "<:s>", uuid),
        Builtin("parse", 1, "<s-:x>", parse),
    ]

    static func partition(
        _ evaluator: Evaluator, _ arguments: Arguments, _ input: Value
    ) throws(JSONataError) -> Value {
        guard let elements = arguments[0].elements, let size = arguments[1].number else { return .undefined }
        let whole = size.rounded(.towardZero)
        guard whole >= 1 else {
            throw JSONataError("D3300", "The second argument of the partition function must be a positive integer")
        }
        try evaluator.spend(elements.count)
        let length = Int(Swift.min(whole, 1e9))
        let result = List.plain([])
        for start in stride(from: 0, to: elements.count, by: length) {
            let part = Array(elements[start..<Swift.min(start + length, elements.count)])
            result.append(.list(try List.plain(part).sealed()))
        }
        return .list(try result.sealed())
    }

    static func range(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let first = arguments[0].number, let last = arguments[1].number, let step = arguments[2].number else {
            return .undefined
        }
        guard step != 0, step.isFinite, first.isFinite, last.isFinite else {
            throw JSONataError("D3300", "The third argument of the range function must not be 0")
        }
        let count = ((last - first) / step).rounded(.down) + 1
        guard count <= Double(Evaluator.longestRange) else {
            throw JSONataError(
                "D2014",
                "The size of the sequence allocated by the range function must not exceed 1e7.  "
                    + "Attempted to allocate \(NumberText.of(count)).")
        }
        let result = List.plain([])
        guard count >= 1 else { return .list(result) }
        try evaluator.spend(Int(count) / 4)
        for place in 0..<Int(count) { result.append(.number(first + Double(place) * step)) }
        return .list(result)
    }

    static func hash(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        let bytes = Array(text.utf8)
        try evaluator.spend(bytes.count / 16)
        switch arguments[1].string {
        case "MD5": return .string(hexadecimal(Insecure.MD5.hash(data: bytes)))
        case "SHA-1": return .string(hexadecimal(Insecure.SHA1.hash(data: bytes)))
        case "SHA-256": return .string(hexadecimal(SHA256.hash(data: bytes)))
        case "SHA-384": return .string(hexadecimal(SHA384.hash(data: bytes)))
        case "SHA-512": return .string(hexadecimal(SHA512.hash(data: bytes)))
        default:
            throw JSONataError(
                "D3300",
                "The second argument of the hash function must be MD5, SHA-1, SHA-256, SHA-384 or SHA-512: \(describe(arguments[1]))"
            )
        }
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        var text = ""
        for byte in bytes { text += (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        return text
    }

    static func seededRandom(
        _ evaluator: Evaluator, _ arguments: Arguments, _ input: Value
    ) throws(JSONataError) -> Value {
        guard let seed = arguments[0].number else { return .number(evaluator.random.unit()) }
        var numbers = RandomNumbers(seed: seed.bitPattern)
        return .number(numbers.unit())
    }

    static func uuid(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        let high = evaluator.random.next() & ~0xF000 | 0x4000
        let low = evaluator.random.next() & ~(3 << 62) | 2 << 62
        let digits = [high, low].map { half in
            let text = String(half, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
        var parts: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return .string(parts.joined(separator: "-"))
    }

    static func parse(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        try evaluator.spend(text.utf8.count / 16)
        do throws(JSONError) {
            let json = try JSON(parsing: text)
            // There is one zero in what is written out.
            return json.number?.double == 0 ? .number(0) : Value(json)
        } catch {
            throw JSONataError("D3300", "The argument of the parse function is not JSON: \(error.problem)")
        }
    }
}
