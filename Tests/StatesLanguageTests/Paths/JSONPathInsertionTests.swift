import JSON
import StatesLanguage
import Testing

struct JSONPathInsertionTests {
    @Test(arguments: [
        ("$", #"{"a": 1}"#, "9"),
        ("$.b", #"{"a": 1}"#, #"{"a": 1, "b": 9}"#),
        ("$.a", #"{"a": {"c": 1}, "b": 2}"#, #"{"a": 9, "b": 2}"#),
        ("$.a.b.c", "{}", #"{"a": {"b": {"c": 9}}}"#),
        ("$['x y'].b", #"{"x y": {"a": 1}}"#, #"{"x y": {"a": 1, "b": 9}}"#),
        ("$.list[1]", #"{"list": [1, 2, 3]}"#, #"{"list": [1, 9, 3]}"#),
        ("$.list[0].b", #"{"list": [{"a": 1}]}"#, #"{"list": [{"a": 1, "b": 9}]}"#),
        ("$[0]", "[1]", "[9]"),
    ])
    func `a value is put where the path leads`(path: String, document: String, expected: String) throws {
        let changed = try JSONPath(path).inserting(9, into: JSON(parsing: document))
        #expect(try changed.text == JSON(parsing: expected).text)
    }

    @Test(arguments: [
        ("$.a", #""text""#), ("$.a", "[1]"), ("$.a", "null"), ("$.a.b", #"{"a": 5}"#), ("$.list[3]", #"{"list": [1]}"#),
        ("$.list[0]", "{}"), ("$[*]", "[1]"),
    ])
    func `a path that cannot be applied names itself and the input`(path: String, document: String) throws {
        let input = try JSON(parsing: document)
        #expect(throws: JSONPathError("Unable to apply ReferencePath \(path) to input \(input.text)")) {
            try JSONPath(path).inserting(9, into: input)
        }
    }
}
