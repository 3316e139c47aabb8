import AWSCore
import Testing

@testable import DynamoDB

@Suite("Numbers")
struct DynamoNumberTests {
    @Test(
        "are kept exactly and written without an exponent",
        arguments: [
            ("0", "0"), ("-0", "0"), ("0.00", "0"), ("007", "7"), ("+5", "5"), ("1.50", "1.5"), (".5", "0.5"),
            ("1e3", "1000"), ("-1.25E-3", "-0.00125"), ("1E2", "100"), ("120e-1", "12"),
            ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
            ("-0.12345678901234567890123456789012345678", "-0.12345678901234567890123456789012345678"),
            ("1e125", "1" + String(repeating: "0", count: 125)),
            ("1e-130", "0." + String(repeating: "0", count: 129) + "1"),
        ])
    func keeps(_ text: String, _ expected: String) throws {
        #expect(try DynamoNumber(text).text == expected)
    }

    @Test(
        "refuse what DynamoDB refuses",
        arguments: [
            ("", "The parameter cannot be converted to a numeric value"),
            ("b", "The parameter cannot be converted to a numeric value: b"),
            ("1e", "The parameter cannot be converted to a numeric value: 1e"),
            ("NaN", "The parameter cannot be converted to a numeric value: NaN"),
            (
                "1e-9223372036854775808",
                "The parameter cannot be converted to a numeric value: 1e-9223372036854775808"
            ),
            (
                "123456789012345678901234567890123456789",
                "Attempting to store more than 38 significant digits in a Number"
            ),
            ("1e126", "Number overflow. Attempting to store a number with magnitude larger than supported range"),
            ("-1e-131", "Number underflow. Attempting to store a number with magnitude smaller than supported range"),
        ])
    func refuses(_ text: String, _ message: String) {
        #expect(throws: ServiceError.validation(message)) { try DynamoNumber(text) }
    }

    @Test("and the bytes of their keys are in one order")
    func order() throws {
        let sorted = [
            "-1e125", "-100", "-99.9", "-1.5", "-1.05", "-1", "-0.9", "-1e-130", "0", "1e-130", "0.09", "0.9", "1",
            "1.05",
            "1.5", "2", "10", "99.9", "100", "9.9e125",
        ]
        let numbers = try sorted.map { try DynamoNumber($0) }
        for (index, left) in numbers.enumerated() {
            for (place, right) in numbers.enumerated() {
                #expect((left < right) == (index < place), "\(sorted[index]) < \(sorted[place])")
                #expect((left.orderingBytes == right.orderingBytes) == (index == place))
            }
        }
    }

    @Test(
        "add exactly",
        arguments: [
            ("1", "2", "3"), ("0.1", "0.2", "0.3"), ("999", "1", "1000"), ("-5", "3", "-2"), ("3", "-5", "-2"),
            ("5", "-5", "0"), ("0", "-7", "-7"), ("1000", "-0.001", "999.999"), ("-1", "-9", "-10"),
            (
                "99999999999999999999999999999999999999", "1",
                "1" + String(repeating: "0", count: 38)
            ),
        ])
    func adds(_ left: String, _ right: String, _ sum: String) throws {
        let (left, right, sum) = (try DynamoNumber(left), try DynamoNumber(right), try DynamoNumber(sum))
        #expect(try left.adding(right) == sum)
        #expect(try right.adding(left) == sum)
        #expect(try sum.subtracting(right) == left)
    }

    @Test("add like machine integers do")
    func addsLikeIntegers() throws {
        var random = Seeded(7)
        for _ in 0..<2000 {
            let left = Int.random(in: -100_000...100_000, using: &random)
            let right = Int.random(in: -1000...1000, using: &random)
            let sum = try DynamoNumber(String(left)).adding(DynamoNumber(String(right)))
            #expect(sum.text == String(left + right))
        }
    }

    @Test("of 38 digits add and sort like 128-bit integers, and come back from storage as they went")
    func wideNumbers() throws {
        var random = Seeded(38)
        let most: Int128 = 80_000_000_000_000_000_000_000_000_000_000_000_000
        for _ in 0..<5000 {
            let left = Int128.random(in: -most...most, using: &random) >> Int.random(in: 0..<120, using: &random)
            let right = Int128.random(in: -most...most, using: &random) >> Int.random(in: 0..<120, using: &random)
            let (first, second) = (try DynamoNumber("\(left)"), try DynamoNumber("\(right)"))
            #expect(first.text == "\(left)")
            #expect((first < second) == (left < right))
            #expect((first.orderingBytes == second.orderingBytes) == (left == right))
            let sum = "\(left + right)"
            if sum.utf8.filter({ $0 != UInt8(ascii: "-") }).count <= 38 {
                #expect(try first.adding(second).text == sum)
            }
            // The same digits with the point elsewhere.
            let scaled = try DynamoNumber("\(left)e\(Int.random(in: -120...80, using: &random))")
            let kept = try ItemCodec.bytes(item(scaled)).withUnsafeBytes { try ItemCodec.item($0) }
            #expect(kept["n"] == .number(scaled))
            #expect(try DynamoNumber(scaled.text) == scaled)
        }
    }

    private func item(_ number: DynamoNumber) -> Item {
        var item = Item()
        item["n"] = .number(number)
        return item
    }

    @Test("do not grow beyond their range")
    func overflow() throws {
        #expect(throws: ServiceError.self) { try DynamoNumber("9e125").adding(DynamoNumber("9e125")) }
        #expect(throws: ServiceError.self) { try DynamoNumber("1e125").adding(DynamoNumber("1e-130")) }
    }
}

/// A generator that gives the same numbers for a seed.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state ^ (state >> 31)) &* 0x9E37_79B9_7F4A_7C15
    }
}
