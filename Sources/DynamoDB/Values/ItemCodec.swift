import AWSCore

/// Items as they are kept: a tag and a length before each value, numbers as packed digits.
enum ItemCodec {
    static func bytes(_ item: Item) -> [UInt8] {
        var writer = Writer()
        writer.bytes.reserveCapacity(128)
        writer.item(item)
        return writer.bytes
    }

    /// - Throws: `InternalServerError` when the bytes are damaged.
    static func item(_ bytes: UnsafeRawBufferPointer) throws(ServiceError) -> Item {
        var reader = Reader(bytes: bytes)
        return try reader.item(depth: 0)
    }

    private enum Tag: UInt8 {
        case string, number, binary, no, yes, null, list, map, stringSet, numberSet, binarySet
    }

    private struct Writer {
        var bytes: [UInt8] = []

        mutating func count(_ value: Int) {
            var rest = value
            while rest >= 128 {
                bytes.append(UInt8(rest & 127) | 128)
                rest >>= 7
            }
            bytes.append(UInt8(rest))
        }

        mutating func text(_ text: String) {
            count(text.utf8.count)
            bytes.append(contentsOf: text.utf8)
        }

        mutating func blob(_ blob: [UInt8]) {
            count(blob.count)
            bytes.append(contentsOf: blob)
        }

        mutating func number(_ number: DynamoNumber) {
            bytes.append(UInt8(number.digits.count) << 1 | (number.isNegative ? 1 : 0))
            guard !number.digits.isEmpty else { return }
            // Exponents are -129…126.
            bytes.append(UInt8(number.exponent + 129))
            for place in stride(from: 0, to: number.digits.count, by: 2) {
                let low = place + 1 < number.digits.count ? number.digits[place + 1] : 0
                bytes.append(number.digits[place] << 4 | low)
            }
        }

        mutating func item(_ item: Item) {
            count(item.count)
            for (name, value) in item {
                text(name)
                self.value(value)
            }
        }

        private mutating func tag(_ tag: Tag) { bytes.append(tag.rawValue) }

        mutating func value(_ value: AttributeValue) {
            switch value {
            case .string(let value):
                tag(.string)
                text(value)
            case .number(let value):
                tag(.number)
                number(value)
            case .binary(let value):
                tag(.binary)
                blob(value)
            case .bool(let value): tag(value ? .yes : .no)
            case .null: tag(.null)
            case .list(let values):
                tag(.list)
                count(values.count)
                for value in values { self.value(value) }
            case .map(let map):
                tag(.map)
                item(map)
            case .stringSet(let values):
                tag(.stringSet)
                count(values.count)
                for value in values { text(value) }
            case .numberSet(let values):
                tag(.numberSet)
                count(values.count)
                for value in values { number(value) }
            case .binarySet(let values):
                tag(.binarySet)
                count(values.count)
                for value in values { blob(value) }
            }
        }
    }

    private struct Reader {
        let bytes: UnsafeRawBufferPointer
        var offset = 0

        private static let damaged = ServiceError(
            "InternalServerError", "An item in the data folder is damaged", status: 500)

        mutating func byte() throws(ServiceError) -> UInt8 {
            guard offset < bytes.count else { throw Self.damaged }
            defer { offset += 1 }
            return bytes[offset]
        }

        mutating func count() throws(ServiceError) -> Int {
            var value = 0
            var shift = 0
            while true {
                let byte = try byte()
                value |= Int(byte & 127) << shift
                if byte < 128 { break }
                shift += 7
                guard shift < 35 else { throw Self.damaged }
            }
            guard value <= bytes.count - offset else { throw Self.damaged }
            return value
        }

        private mutating func slice() throws(ServiceError) -> UnsafeRawBufferPointer.SubSequence {
            let count = try count()
            defer { offset += count }
            return bytes[offset..<offset + count]
        }

        mutating func text() throws(ServiceError) -> String { String(decoding: try slice(), as: UTF8.self) }
        mutating func blob() throws(ServiceError) -> [UInt8] { [UInt8](try slice()) }

        mutating func number() throws(ServiceError) -> DynamoNumber {
            let head = try byte()
            let count = Int(head >> 1)
            guard count > 0 else { return .zero }
            guard count <= DynamoNumber.mostDigits else { throw Self.damaged }
            let exponent = Int(try byte()) - 129
            var digits: [UInt8] = []
            digits.reserveCapacity(count + 1)
            while digits.count < count {
                let pair = try byte()
                digits.append(pair >> 4)
                digits.append(pair & 15)
            }
            if digits.count > count { digits.removeLast() }
            return DynamoNumber(isNegative: head & 1 == 1, digits: digits, exponent: exponent)
        }

        mutating func item(depth: Int) throws(ServiceError) -> Item {
            guard depth < 64 else { throw Self.damaged }
            let count = try count()
            var item = Item(capacity: count)
            for _ in 0..<count { item.append(try text(), try value(depth)) }
            return item
        }

        private mutating func many<Value>(
            _ one: (inout Reader) throws(ServiceError) -> Value
        ) throws(ServiceError) -> [Value] {
            let count = try count()
            var values: [Value] = []
            values.reserveCapacity(count)
            for _ in 0..<count { values.append(try one(&self)) }
            return values
        }

        private mutating func value(_ depth: Int) throws(ServiceError) -> AttributeValue {
            guard let tag = Tag(rawValue: try byte()) else { throw Self.damaged }
            switch tag {
            case .string: return .string(try text())
            case .number: return .number(try number())
            case .binary: return .binary(try blob())
            case .no: return .bool(false)
            case .yes: return .bool(true)
            case .null: return .null
            case .list:
                guard depth < 64 else { throw Self.damaged }
                return .list(try many { reader throws(ServiceError) in try reader.value(depth + 1) })
            case .map: return .map(try item(depth: depth + 1))
            case .stringSet: return .stringSet(try many { reader throws(ServiceError) in try reader.text() })
            case .numberSet: return .numberSet(try many { reader throws(ServiceError) in try reader.number() })
            case .binarySet: return .binarySet(try many { reader throws(ServiceError) in try reader.blob() })
            }
        }
    }
}
