import JSON
import Testing

@testable import Dashboard

struct JSONDifferenceTests {
    @Test(arguments: [
        (#"{"a":1}"#, #"{"a":1}"#, ["  unchanged"]),
        (#"{"a":1,"b":2}"#, #"{"a":1,"b":3}"#, ["  {", #"-   "b": 2"#, #"+   "b": 3"#, "    … 1 unchanged", "  }"]),
        (#"{"a":1}"#, #"{"b":1}"#, ["  {", #"-   "a": 1"#, #"+   "b": 1"#, "  }"]),
        ("[1,2]", "[1,3,4]", ["  [", "-   [1] 2", "+   [1] 3", "+   [2] 4", "    … 1 unchanged", "  ]"]),
        (#"[{"a":1}]"#, "[]", ["  [", #"-   [0] {"a":1}"#, "  ]"]),
        ("1", #""1""#, ["- 1", #"+ "1""#]),
        (#"{"token":"x"}"#, #"{"token":"y"}"#, ["  {", #"-   "token": "••••••""#, #"+   "token": "••••••""#, "  }"]),
    ])
    func showsWhatIsOther(_ old: String, _ new: String, _ lines: [String]) throws {
        let shown = JSONDifference.lines(try JSON(parsing: old), try JSON(parsing: new))
        #expect(shown.map { $0.map(\.text).joined() } == lines)
    }

    @Test func deepAndLongValuesEndSomewhere() throws {
        func nested(_ number: String) throws -> JSON {
            try JSON(parsing: String(repeating: "[", count: 90) + number + String(repeating: "]", count: 90))
        }
        let lines = JSONDifference.lines(try nested("1"), try nested("2"))
        #expect(lines.count < 200)
        let long = JSON.array((0..<5000).map { JSON.int($0) })
        #expect(JSONDifference.lines(long, .array([])).count == 400)
    }
}
