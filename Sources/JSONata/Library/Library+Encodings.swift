extension Library {
    static let encodings = [
        Builtin("base64encode", 1, "<s-:s>", base64encode),
        Builtin("base64decode", 1, "<s-:s>", base64decode),
        Builtin("encodeUrlComponent", 1, "<s-:s>", encodeUrlComponent),
        Builtin("encodeUrl", 1, "<s-:s>", encodeUrl),
        Builtin("decodeUrlComponent", 1, "<s-:s>", decodeUrlComponent),
        Builtin("decodeUrl", 1, "<s-:s>", decodeUrl),
    ]

    static func base64encode(
        _ evaluator: Evaluator, _ arguments: Arguments, _ input: Value
    ) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        guard evaluator.environment.dialect == .standard else { return .string(Base64.encode(Array(text.utf8))) }
        return .string(Base64.encode(text.utf16.map { UInt8(truncatingIfNeeded: $0) }))
    }

    static func base64decode(
        _ evaluator: Evaluator, _ arguments: Arguments, _ input: Value
    ) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        let bytes = Base64.decode(text)
        guard evaluator.environment.dialect == .standard else { return .string(String(decoding: bytes, as: UTF8.self)) }
        var latin = String.UnicodeScalarView()
        for byte in bytes { latin.append(Unicode.Scalar(byte)) }
        return .string(String(latin))
    }

    private static let unreserved = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()".utf8)
    private static let reserved = Set(";/?:@&=+$,#".utf8)

    static func encodeUrlComponent(
        _ evaluator: Evaluator, _ arguments: Arguments, _ input: Value
    ) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        return .string(encoded(text, keeping: unreserved))
    }

    static func encodeUrl(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value
    {
        guard let text = arguments[0].string else { return .undefined }
        return .string(encoded(text, keeping: unreserved.union(reserved)))
    }

    static func decodeUrlComponent(
        _ evaluator: Evaluator, _ arguments: Arguments, _ input: Value
    ) throws(JSONataError) -> Value {
        guard let text = arguments[0].string else { return .undefined }
        return .string(try decoded(text, keeping: [], "decodeUrlComponent"))
    }

    static func decodeUrl(_ evaluator: Evaluator, _ arguments: Arguments, _ input: Value) throws(JSONataError) -> Value
    {
        guard let text = arguments[0].string else { return .undefined }
        return .string(try decoded(text, keeping: reserved, "decodeUrl"))
    }

    private static func encoded(_ text: String, keeping kept: Set<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if kept.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// - Parameter kept: bytes whose escapes stay as they are.
    private static func decoded(
        _ text: String, keeping kept: Set<UInt8>, _ function: String
    ) throws(JSONataError) -> String {
        let source = Array(text.utf8)
        var bytes: [UInt8] = []
        var place = 0
        while place < source.count {
            guard source[place] == UInt8(ascii: "%") else {
                bytes.append(source[place])
                place += 1
                continue
            }
            let digits = source[Swift.min(place + 1, source.count)..<Swift.min(place + 3, source.count)]
            let hexadecimal = String(decoding: digits, as: UTF8.self)
            guard digits.count == 2, let byte = UInt8(hexadecimal, radix: 16), digits.first != UInt8(ascii: "+") else {
                throw malformed(text, function)
            }
            if kept.contains(byte) { bytes += source[place..<place + 3] } else { bytes.append(byte) }
            place += 3
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else { throw malformed(text, function) }
        return decoded
    }

    private static func malformed(_ text: String, _ function: String) -> JSONataError {
        JSONataError("D3140", "Malformed URL passed to $\(function)(): \(ValueText.quoted(text))")
    }
}

enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 3 * 4 + 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let rest = bytes.count - start
            let second = rest > 1 ? bytes[start + 1] : 0
            let third = rest > 2 ? bytes[start + 2] : 0
            let bits = UInt32(bytes[start]) << 16 | UInt32(second) << 8 | UInt32(third)
            text.append(alphabet[Int(bits >> 18)])
            text.append(alphabet[Int(bits >> 12 & 63)])
            text.append(rest > 1 ? alphabet[Int(bits >> 6 & 63)] : UInt8(ascii: "="))
            text.append(rest > 2 ? alphabet[Int(bits & 63)] : UInt8(ascii: "="))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Leaves out what is no letter of the alphabet, and reads the alphabet for URLs too.
    static func decode(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var (bits, count): (UInt32, Int) = (0, 0)
        for letter in text.utf8 {
            guard letter != UInt8(ascii: "=") else { break }
            guard let value = value(of: letter) else { continue }
            bits = (bits << 6 | value) & 0xFF_FFFF
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        return bytes
    }

    private static func value(of letter: UInt8) -> UInt32? {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
