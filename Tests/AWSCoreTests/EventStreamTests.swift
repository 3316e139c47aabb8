import AWSCore
import Testing

struct EventStreamTests {
    /// The number that is written at a place, the highest byte first.
    private func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        bytes[place..<(place + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }

    @Test("A message has its lengths, its headers and two checksums")
    func message() {
        let payload = Array("{\"a\":1}".utf8)
        let message = EventStream.event("sessionUpdate", payload)
        #expect(number(message, 0) == UInt32(message.count))
        let headers = Int(number(message, 4))
        #expect(message.count == 12 + headers + payload.count + 4)
        #expect(number(message, 8) == CRC32.checksum(Array(message[..<8])))
        #expect(number(message, message.count - 4) == CRC32.checksum(Array(message.dropLast(4))))
        #expect(Array(message[(12 + headers)...].prefix(payload.count)) == payload)
        var fields: [String] = []
        var place = 12
        while place < 12 + headers {
            let name = Int(message[place])
            let value = Int(message[place + name + 2]) << 8 | Int(message[place + name + 3])
            #expect(message[place + name + 1] == 7)
            let parts = [message[(place + 1)...].prefix(name), message[(place + name + 4)...].prefix(value)]
            fields.append(parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "="))
            place += 4 + name + value
        }
        #expect(
            fields == [":event-type=sessionUpdate", ":content-type=application/json", ":message-type=event"])
    }
}
