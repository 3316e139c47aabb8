package import JSON

/// CBOR (RFC 8949) as far as AWS's smithy-rpc-v2-cbor protocol uses it, to and from JSON values.
///
/// A time stamp (tag 1) becomes a number of seconds; byte strings become text.
package enum CBOR {
    private static let deepest = 64

    /// - Throws: `SerializationException` when the bytes are not CBOR.
    package static func decode(_ bytes: [UInt8]) throws(ServiceError) -> JSON {
        guard !bytes.isEmpty else { return .object(JSONObject()) }
        var reader = Reader(bytes: bytes)
        let value = try reader.value(depth: 0)
        guard reader.offset == bytes.count else { throw Reader.malformed }
        return value
    }

    /// - Parameters:
    ///   - times: names of members whose numbers are seconds since 1970 and go out as time stamps.
    ///   - doubles: names of members whose numbers go out as doubles, also when they are whole.
    package static func encode(_ json: JSON, times: Set<String> = [], doubles: Set<String> = []) -> [UInt8] {
        var writer = Writer(times: times, doubles: doubles)
        writer.write(json, .plain)
        return writer.bytes
    }

    struct Reader {
        let bytes: [UInt8]
        var offset = 0

        static let malformed = ServiceError("SerializationException", "The request body is not CBOR")

        mutating func value(depth: Int) throws(ServiceError) -> JSON {
            guard depth < CBOR.deepest else { throw Self.malformed }
            let head = try byte()
            let (major, minor) = (head >> 5, head & 31)
            if head == 0xFF { throw Self.malformed }
            if minor == 31 { return try indefinite(major, depth) }
            if major == 7 { return try simple(minor) }
            let argument = try argument(minor)
            switch major {
            case 0: return .number(JSONNumber(source: String(argument)))
            case 1:
                return .number(JSONNumber(source: argument < UInt64.max ? "-\(argument + 1)" : "-18446744073709551616"))
            case 2, 3: return .string(try text(argument))
            case 4:
                var array: [JSON] = []
                for _ in 0..<(try count(argument)) { array.append(try value(depth: depth + 1)) }
                return .array(array)
            case 5:
                var object = JSONObject()
                for _ in 0..<(try count(argument)) {
                    guard let key = try value(depth: depth + 1).string else { throw Self.malformed }
                    object[key] = try value(depth: depth + 1)
                }
                return .object(object)
            default: return try value(depth: depth + 1)
            }
        }

        private mutating func indefinite(_ major: UInt8, _ depth: Int) throws(ServiceError) -> JSON {
            var array: [JSON] = []
            while true {
                guard offset < bytes.count else { throw Self.malformed }
                if bytes[offset] == 0xFF {
                    offset += 1
                    break
                }
                array.append(try value(depth: depth + 1))
            }
            switch major {
            case 2, 3: return .string(array.compactMap(\.string).joined())
            case 4: return .array(array)
            case 5:
                guard array.count % 2 == 0 else { throw Self.malformed }
                var object = JSONObject()
                for index in stride(from: 0, to: array.count, by: 2) {
                    guard let key = array[index].string else { throw Self.malformed }
                    object[key] = array[index + 1]
                }
                return .object(object)
            default: throw Self.malformed
            }
        }

        private mutating func simple(_ minor: UInt8) throws(ServiceError) -> JSON {
            switch minor {
            case 20: return false
            case 21: return true
            case 22, 23: return .null
            case 25: return .double(Self.half(UInt16(truncatingIfNeeded: try number(2))))
            case 26: return .double(Double(Float(bitPattern: UInt32(truncatingIfNeeded: try number(4)))))
            case 27: return .double(Double(bitPattern: try number(8)))
            default: throw Self.malformed
            }
        }

        private static func half(_ bits: UInt16) -> Double {
            let exponent = Int(bits >> 10 & 31)
            let fraction = Double(bits & 1023)
            let sign: Double = bits >> 15 == 1 ? -1 : 1
            if exponent == 0 { return sign * fraction * 0x1p-24 }
            if exponent == 31 { return fraction == 0 ? sign * .infinity : .nan }
            return sign * (1 + fraction / 1024) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
        }

        private mutating func argument(_ minor: UInt8) throws(ServiceError) -> UInt64 {
            switch minor {
            case 0..<24: return UInt64(minor)
            case 24: return try number(1)
            case 25: return try number(2)
            case 26: return try number(4)
            case 27: return try number(8)
            default: throw Self.malformed
            }
        }

        /// Each element takes at least a byte: a count beyond what is left is a lie.
        private func count(_ argument: UInt64) throws(ServiceError) -> Int {
            guard argument <= UInt64(bytes.count - offset) else { throw Self.malformed }
            return Int(argument)
        }

        private mutating func text(_ argument: UInt64) throws(ServiceError) -> String {
            let count = try count(argument)
            defer { offset += count }
            return String(decoding: bytes[offset..<(offset + count)], as: UTF8.self)
        }

        private mutating func byte() throws(ServiceError) -> UInt8 {
            guard offset < bytes.count else { throw Self.malformed }
            defer { offset += 1 }
            return bytes[offset]
        }

        private mutating func number(_ count: Int) throws(ServiceError) -> UInt64 {
            var value: UInt64 = 0
            for _ in 0..<count { value = value << 8 | UInt64(try byte()) }
            return value
        }
    }

    struct Writer {
        let times: Set<String>
        let doubles: Set<String>
        var bytes: [UInt8] = []

        enum Kind {
            case plain, time, double
        }

        init(times: Set<String>, doubles: Set<String>) {
            self.times = times
            self.doubles = doubles
        }

        private func kind(_ name: String) -> Kind {
            times.contains(name) ? .time : doubles.contains(name) ? .double : .plain
        }

        mutating func write(_ json: JSON, _ kind: Kind) {
            switch json {
            case .null: bytes.append(0xF6)
            case .bool(let value): bytes.append(value ? 0xF5 : 0xF4)
            case .number(let number):
                if kind == .time { bytes.append(0xC1) }
                write(number, isDouble: kind == .double)
            case .string(let text):
                head(3, UInt64(text.utf8.count))
                bytes += text.utf8
            case .array(let values):
                head(4, UInt64(values.count))
                for value in values { write(value, kind) }
            case .object(let object):
                head(5, UInt64(object.count))
                for (key, value) in object {
                    head(3, UInt64(key.utf8.count))
                    bytes += key.utf8
                    // The members of a map have their kind from the map.
                    write(value, kind == .double ? .double : self.kind(key))
                }
            }
        }

        private mutating func write(_ number: JSONNumber, isDouble: Bool) {
            if !isDouble, let value = Int64(number.text) {
                if value >= 0 { head(0, UInt64(value)) } else { head(1, UInt64(-(value + 1))) }
                return
            }
            bytes.append(0xFB)
            let bits = number.double.bitPattern
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
            }
        }

        private mutating func head(_ major: UInt8, _ argument: UInt64) {
            let top = major << 5
            switch argument {
            case 0..<24: bytes.append(top | UInt8(argument))
            case 24..<0x100: bytes += [top | 24, UInt8(argument)]
            case 0x100..<0x1_0000: bytes += [top | 25] + Self.bigEndian(argument, 2)
            case 0x1_0000..<0x1_0000_0000: bytes += [top | 26] + Self.bigEndian(argument, 4)
            default: bytes += [top | 27] + Self.bigEndian(argument, 8)
            }
        }

        private static func bigEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (count - 1 - $0))) }
        }
    }
}
