import JSON
import StatesLanguage
import Testing

struct PayloadPathTests {
    @Test(arguments: [
        ("$", PathSource.input, #"{"a": [1, 2]}"#),
        ("$.a[1]", .input, "2"),
        ("$['a']", .input, "[1, 2]"),
        ("$$", .context, #"{"Execution": {"Name": "run"}}"#),
        ("$$.Execution.Name", .context, #""run""#),
        ("$order", .variable("order"), #"{"lines": [{"sku": "tea"}]}"#),
        ("$order.lines[0].sku", .variable("order"), #""tea""#),
        ("$order['lines'][*].sku", .variable("order"), #"["tea"]"#),
        ("$größe_2", .variable("größe_2"), "3"),
    ])
    func `the first characters say where to look`(text: String, source: PathSource, expected: String) throws {
        let path = try PayloadPath(text)
        #expect(path.source == source)
        let value = path.value(
            input: ["a": [1, 2]], context: ["Execution": ["Name": "run"]],
            variables: ["order": ["lines": [["sku": "tea"]]], "größe_2": 3])
        #expect(try value == JSON(parsing: expected))
    }

    @Test func `a variable that is not set has no value`() throws {
        #expect(try PayloadPath("$total").value(input: [:], context: [:], variables: [:]) == nil)
    }

    @Test(arguments: ["", "a", "$1", "$-a", "$a b", "$$$", "$$a", "$a[", "$a..", "$(a)"])
    func `text that is no payload path is refused`(text: String) {
        #expect(throws: JSONPathError.self) { try PayloadPath(text) }
    }
}
