import AWSCore
import JSON
import Testing

struct QueryProtocolTests {
    @Test func listsAndStructuresAreRead() throws {
        let form = PercentEncoding.parameters("Action=X&Version=1&A.member.2.Id=b&A.member.1.Id=a%20c&N=5&B.C=d")
        #expect(
            try QueryProtocol.decode(form) == ["A": [["Id": "a c"], ["Id": "b"]], "N": "5", "B": ["C": "d"]])
    }

    @Test func numbersThatAreLeftOutTakeNoRoom() throws {
        let form = (0..<1000).map { (name: "a\($0).member.\(Int.max - $0)", value: "x") }
        let decoded = try QueryProtocol.decode(form)
        #expect(decoded.object?.count == 1000)
        #expect(decoded["a7"] == ["x"])
    }

    @Test(arguments: [
        (0...60_000).map { (name: "a\($0)", value: "") },
        [(name: Array(repeating: "a", count: 17).joined(separator: "."), value: "")],
    ])
    func floodsAreRefused(_ form: [(name: String, value: String)]) {
        #expect(throws: ServiceError.self) { try QueryProtocol.decode(form) }
    }

    @Test func answersAreXMLWithMembers() {
        let text = String(
            decoding: QueryProtocol.encode(["A": [["B": "<&>"]]], action: "Do", namespace: "n", requestID: "1"),
            as: UTF8.self)
        #expect(text.contains("<DoResult><A><member><B>&lt;&amp;&gt;</B></member></A></DoResult>"))
    }
}

struct CBORTests {
    @Test(arguments: [
        ["a": [1, -1, 255, 65536, 1.5, true, nil, "text"], "b": ["c": []]] as JSON,
        .int(.max), .int(.min), .string(String(repeating: "x", count: 300)),
    ])
    func valuesComeBack(_ json: JSON) throws {
        #expect(try CBOR.decode(CBOR.encode(json)) == json)
    }

    @Test func timesAreMarked() throws {
        #expect(CBOR.encode(["T": 1], times: ["T"]) == [0xA1, 0x61, 0x54, 0xC1, 0x01])
        #expect(try CBOR.decode([0xA1, 0x61, 0x54, 0xC1, 0x01]) == ["T": 1])
    }

    @Test(
        arguments: [
            [0x9B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],  // an array of 2^64 - 1
            [0xBB, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            [0x7B, 0, 0, 0, 1, 0, 0, 0, 0], [0x1B, 0], [0xFF], [0x9F], [0xBF, 0x61, 0x61, 0xFF], [0xA1, 1, 1], [0x1C],
            [1, 1], [UInt8](repeating: 0x81, count: 10_000), [UInt8](repeating: 0xC1, count: 10_000),
            [UInt8](repeating: 0x9F, count: 10_000),
        ] as [[UInt8]])
    func hostileBytesAreRefused(_ bytes: [UInt8]) {
        #expect(throws: ServiceError.self) { try CBOR.decode(bytes) }
    }
}

struct TextTests {
    @Test(arguments: [
        ("a%20b", "a b"), ("%", "%"), ("%4", "%4"), ("%zz", "%zz"), ("%41%", "A%"), ("%C3%A9", "é"),
        ("%FF", "\u{FFFD}"),
        ("a+b", "a+b"), ("", ""),
    ])
    func percentDecoding(_ text: String, _ decoded: String) {
        #expect(PercentEncoding.decoded(text) == decoded)
    }

    @Test func queriesKeepTheirOrder() {
        let parameters = PercentEncoding.parameters("b=1&a=x+y&b&&c==")
        #expect(parameters.map(\.name) == ["b", "a", "b", "c"])
        #expect(parameters.map(\.value) == ["1", "x y", "", "="])
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-01-31T12:04:31.5Z", 1_769_861_071.5),
            ("2026-01-31T14:04:31+02:00", 1_769_861_071), ("2026-01-31", 1_769_817_600),
            ("2000-02-29T00:00:00Z", 951_782_400),
        ] as [(String, Double)])
    func isoTimes(_ text: String, _ seconds: Double) {
        #expect(ISOTime.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "T", "TT", "-", "2026", "2026-13-01", "9223372036854775807-01-01", "2026-01-31T", "2026-01-31Tx",
        "2026-01-31T1e400:0", "2026-01-31T00:00+inf", "2026-01-31T00:00:nan",
    ])
    func whatIsNoTimeIsRefused(_ text: String) {
        #expect(ISOTime.seconds(text) == nil)
    }

    @Test func checksums() {
        #expect(CRC32.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(CRC32.checksum([]) == 0)
    }
}
