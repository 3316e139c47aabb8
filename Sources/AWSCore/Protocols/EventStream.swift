/// Messages of `application/vnd.amazon.eventstream`: lengths, headers and payload, each guarded by a CRC-32.
package enum EventStream {
    package static let contentType = "application/vnd.amazon.eventstream"

    private static let stringType: UInt8 = 7

    /// A message with an event.
    ///
    /// - Parameters:
    ///   - type: `sessionUpdate`, or `initial-response` for the members of the output that are no events.
    package static func event(_ type: String, _ payload: [UInt8], contentType: String = "application/json") -> [UInt8] {
        message([(":event-type", type), (":content-type", contentType), (":message-type", "event")], payload)
    }

    package static func exception(_ type: String, _ payload: [UInt8]) -> [UInt8] {
        message(
            [(":exception-type", type), (":content-type", "application/json"), (":message-type", "exception")], payload)
    }

    private static func message(_ fields: [(name: String, value: String)], _ payload: [UInt8]) -> [UInt8] {
        var headers: [UInt8] = []
        for field in fields {
            headers.append(UInt8(truncatingIfNeeded: field.name.utf8.count))
            headers += field.name.utf8
            headers.append(stringType)
            headers += bytes(UInt16(truncatingIfNeeded: field.value.utf8.count))
            headers += field.value.utf8
        }
        // Two lengths and a checksum before, a checksum behind.
        let total = 16 + headers.count + payload.count
        var message = bytes(UInt32(truncatingIfNeeded: total)) + bytes(UInt32(truncatingIfNeeded: headers.count))
        message += bytes(CRC32.checksum(message))
        message += headers
        message += payload
        message += bytes(CRC32.checksum(message))
        return message
    }

    private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
}
