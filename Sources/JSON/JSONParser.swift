extension JSON {
    /// How deep arrays and objects may nest.
    package static let defaultDepth = 512

    /// Reads one JSON value with nothing but white space around it (RFC 8259).
    ///
    /// Bytes that are not UTF-8 and lone surrogates become U+FFFD.
    ///
    /// - Throws: ``JSONError`` with the byte where the text stops being JSON.
    package init(parsing bytes: some Sequence<UInt8>, depth: Int = JSON.defaultDepth) throws(JSONError) {
        let result: Result<JSON, JSONError>? = bytes.withContiguousStorageIfAvailable { buffer in
            JSONParser.parse(buffer, depth: depth)
        }
        if let result {
            self = try result.get()
            return
        }
        self = try Array(bytes).withUnsafeBufferPointer { JSONParser.parse($0, depth: depth) }.get()
    }

    package init(parsing text: String, depth: Int = JSON.defaultDepth) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), depth: depth)
    }
}

/// A recursive descent over UTF-8 bytes.
struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var offset = 0
    private let depth: Int

    static func parse(_ bytes: UnsafeBufferPointer<UInt8>, depth: Int) -> Result<JSON, JSONError> {
        var parser = JSONParser(bytes: bytes, depth: depth)
        return Result { () throws(JSONError) in
            let value = try parser.value(level: 0)
            parser.skipSpace()
            guard parser.offset == bytes.count else { throw parser.error("more text after the value") }
            return value
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, depth: Int) {
        self.bytes = bytes
        self.depth = depth
    }

    private func error(_ problem: String) -> JSONError { JSONError(problem: problem, offset: offset) }

    private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    private mutating func value(level: Int) throws(JSONError) -> JSON {
        skipSpace()
        guard let byte = current else { throw error("text ends where a value should be") }
        switch byte {
        case UInt8(ascii: "{"): return .object(try object(level: level))
        case UInt8(ascii: "["): return .array(try array(level: level))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw error("unexpected character")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        guard bytes.count - offset >= word.utf8CodeUnitCount else { throw error("unexpected character") }
        for place in 0..<word.utf8CodeUnitCount where bytes[offset + place] != word.utf8Start[place] {
            throw error("unexpected character")
        }
        offset += word.utf8CodeUnitCount
        return value
    }

    private mutating func object(level: Int) throws(JSONError) -> JSONObject {
        guard level < depth else { throw error("nested more than \(depth) deep") }
        offset += 1
        var object = JSONObject()
        skipSpace()
        if current == UInt8(ascii: "}") {
            offset += 1
            return object
        }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw error("a name in quotes is missing") }
            let key = try string()
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw error("a colon is missing") }
            offset += 1
            object[key] = try value(level: level + 1)
            if try isLast(closing: UInt8(ascii: "}")) { return object }
        }
    }

    private mutating func array(level: Int) throws(JSONError) -> [JSON] {
        guard level < depth else { throw error("nested more than \(depth) deep") }
        offset += 1
        var array: [JSON] = []
        skipSpace()
        if current == UInt8(ascii: "]") {
            offset += 1
            return array
        }
        while true {
            array.append(try value(level: level + 1))
            if try isLast(closing: UInt8(ascii: "]")) { return array }
        }
    }

    private mutating func isLast(closing: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        guard let byte = current else { throw error("text ends inside an array or object") }
        guard byte == closing || byte == UInt8(ascii: ",") else { throw error("a comma is missing") }
        offset += 1
        return byte == closing
    }

    private mutating func number() throws(JSONError) -> JSONNumber {
        let start = offset
        if current == UInt8(ascii: "-") { offset += 1 }
        if current == UInt8(ascii: "0") {
            offset += 1
        } else {
            try digits()
        }
        if current == UInt8(ascii: ".") {
            offset += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            offset += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { offset += 1 }
            try digits()
        }
        return JSONNumber(source: String(decoding: bytes[start..<offset], as: UTF8.self))
    }

    private mutating func digits() throws(JSONError) {
        let start = offset
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
        guard offset > start else { throw error("a digit is missing") }
    }

    private mutating func string() throws(JSONError) -> String {
        offset += 1
        let start = offset
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                defer { offset += 1 }
                return String(decoding: bytes[start..<offset], as: UTF8.self)
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case 0..<0x20: throw error("a control character inside a string")
            default: offset += 1
            }
        }
        throw error("text ends inside a string")
    }

    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var text = Array(bytes[start..<offset])
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw error("a control character inside a string")
            default:
                text.append(byte)
                offset += 1
            }
        }
        throw error("text ends inside a string")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        offset += 1
        guard let byte = current else { throw error("text ends inside a string") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: Array(String(try scalar()).utf8))
        default: throw error("an unknown escape")
        }
    }

    private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
        let high = try hexadecimal()
        guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) ?? "\u{FFFD}" }
        let afterHigh = offset
        guard current == UInt8(ascii: "\\"), offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "u") else {
            return "\u{FFFD}"
        }
        offset += 2
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else {
            offset = afterHigh
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        guard bytes.count - offset >= 4 else { throw error("text ends inside an escape") }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[offset])).hexDigitValue else {
                throw error("an escape with a digit that is not hexadecimal")
            }
            value = value << 4 + UInt32(digit)
            offset += 1
        }
        return value
    }
}
