import JSON
import Testing

struct JSONParserTests {
    @Test(
        "What is written is what was read",
        arguments: [
            "null", "true", "[]", "{}", "-0", "1.0", "1E+2", "12345678901234567890123456789012345678",
            #"{"b":1,"a":[null,false,"x"]}"#, #""\"\\\n\r\t\u0001é😀""#, #"{"":{"":""}}"#,
        ])
    func roundTrip(text: String) throws {
        #expect(try JSON(parsing: text).text == text)
    }

    @Test(
        "Escapes become characters, lone surrogates the replacement character",
        arguments: [
            (#""\ud83d\ude00""#, "😀"), (#""\ud83dx""#, "\u{FFFD}x"), (#""\ude00""#, "\u{FFFD}"),
            (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\u00E9\/\b\f""#, "é/\u{8}\u{C}"), (#""\u0000""#, "\0"),
        ])
    func escapes(text: String, value: String) throws {
        #expect(try JSON(parsing: text).string == value)
    }

    @Test(
        "What is not JSON is refused where it goes wrong",
        arguments: [
            ("", 0), ("nul", 0), ("01", 1), ("1.", 2), ("-", 1), ("1e", 2), ("[1 2]", 3), ("[1,]", 3), ("{\"a\" 1}", 5),
            ("{a:1}", 1), ("\"a", 2), ("\"\n\"", 1), (#""\x""#, 3), (#""\u12""#, 3), (#""\u00g0""#, 5), ("{} {}", 3),
            ("[", 1), ("NaN", 0), ("+1", 0),
        ])
    func errors(text: String, offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
        #expect(error?.offset == offset)
    }

    @Test("Nesting has a bound, and reaching it is an error instead of a crash")
    func depth() throws {
        func nested(_ count: Int) -> String {
            String(repeating: "[", count: count) + String(repeating: "]", count: count)
        }
        #expect(throws: Never.self) { try JSON(parsing: nested(512)) }
        #expect(throws: JSONError.self) { try JSON(parsing: nested(513)) }
        #expect(throws: JSONError.self) { try JSON(parsing: String(repeating: "[", count: 1_000_000)) }
    }

    @Test("The last of two members with one name counts, at the place of the first")
    func sameName() throws {
        #expect(try JSON(parsing: #"{"a":1,"b":2,"a":3}"#).text == #"{"a":3,"b":2}"#)
    }

    @Test("Objects with many members find and forget each of them")
    func bigObject() {
        var object = JSONObject()
        for number in 0..<100 { object["k\(number)"] = .int(number) }
        for number in stride(from: 0, to: 100, by: 2) { object["k\(number)"] = nil }
        #expect(object.keys == stride(from: 1, to: 100, by: 2).map { "k\($0)" })
        #expect(object["k51"] == 51)
        #expect(object["k50"] == nil)
    }

    @Test(
        "Numbers are whole when they are and fit",
        arguments: [
            ("1", 1), ("1.0", 1), ("1e2", 100), ("9223372036854775807", Int.max), ("1.5", nil), ("1e40", nil),
            ("1e999", nil),
        ])
    func whole(text: String, value: Int?) throws {
        #expect(try JSON(parsing: text).int == value)
    }

    @Test("Bytes that are not UTF-8 become the replacement character")
    func badUTF8() throws {
        #expect(try JSON(parsing: [0x22, 0xFF, 0x22] as [UInt8]).string == "\u{FFFD}")
    }
}
