import JSON
import Testing

@testable import AWSCore

struct EventPatternTests {
    struct Example {
        var pattern: String
        var event: String
        var isMatch: Bool
    }

    /// A record as the documentation of event filtering has it, in short.
    private static let order = """
        {"UserID": "3", "Username": "", "Location": "New York", "Day": null, "Price": 100, "Tax": 2.5, "Region": "us-east-1",
         "FileName": "logo.png", "Product": {"Name": "book", "Tags": ["old", "red"]}, "Gift": false}
        """

    @Test(arguments: [
        Example(pattern: #"{"Day": [null]}"#, event: order, isMatch: true),
        Example(pattern: #"{"UserID": [null]}"#, event: order, isMatch: false),
        Example(pattern: #"{"Absent": [null]}"#, event: order, isMatch: false),
        Example(pattern: #"{"Username": [""]}"#, event: order, isMatch: true),
        Example(pattern: #"{"Location": [""]}"#, event: order, isMatch: false),
        Example(pattern: #"{"Location": ["New York"]}"#, event: order, isMatch: true),
        Example(pattern: #"{"Location": ["new york"]}"#, event: order, isMatch: false),
        Example(pattern: #"{"Location": [{"equals-ignore-case": "new york"}]}"#, event: order, isMatch: true),
        Example(pattern: #"{"Location": ["New York"], "UserID": ["3"]}"#, event: order, isMatch: true),
        Example(pattern: #"{"Location": ["New York"], "UserID": ["4"]}"#, event: order, isMatch: false),
        Example(pattern: #"{"Location": ["Boston", "New York"]}"#, event: order, isMatch: true),
        Example(
            pattern: #"{"$or": [{"Location": ["Boston"]}, {"UserID": ["3"]}]}"#, event: order, isMatch: true),
        Example(
            pattern: #"{"$or": [{"Location": ["Boston"]}, {"UserID": ["4"]}]}"#, event: order, isMatch: false),
        Example(
            pattern: #"{"Day": [null], "$or": [{"Location": ["Boston"]}, {"Price": [100]}]}"#, event: order,
            isMatch: true),
        Example(pattern: #"{"Location": [{"anything-but": "New York"}]}"#, event: order, isMatch: false),
        Example(pattern: #"{"Location": [{"anything-but": ["Boston", "Rome"]}]}"#, event: order, isMatch: true),
        Example(pattern: #"{"Price": [{"anything-but": 100}]}"#, event: order, isMatch: false),
        Example(pattern: #"{"Absent": [{"anything-but": "x"}]}"#, event: order, isMatch: false),
        Example(pattern: #"{"Region": [{"anything-but": {"prefix": "us-"}}]}"#, event: order, isMatch: false),
        Example(pattern: #"{"Region": [{"anything-but": {"prefix": ["eu-", "ap-"]}}]}"#, event: order, isMatch: true),
        Example(pattern: #"{"FileName": [{"anything-but": {"suffix": ".png"}}]}"#, event: order, isMatch: false),
        Example(
            pattern: #"{"Region": [{"anything-but": {"equals-ignore-case": ["US-EAST-1"]}}]}"#, event: order,
            isMatch: false),
        Example(pattern: #"{"Price": [{"numeric": ["=", 100]}]}"#, event: order, isMatch: true),
        Example(pattern: #"{"Price": [{"numeric": ["=", 1e2]}]}"#, event: order, isMatch: true),
        Example(pattern: #"{"Price": [{"numeric": [">", 10, "<=", 20]}]}"#, event: order, isMatch: false),
        Example(pattern: #"{"Tax": [{"numeric": [">=", 2.5, "<", 3]}]}"#, event: order, isMatch: true),
        Example(pattern: #"{"UserID": [{"numeric": ["=", 3]}]}"#, event: order, isMatch: false),
        Example(pattern: #"{"Product": {"Name": [{"exists": true}]}}"#, event: order, isMatch: true),
        Example(pattern: #"{"Product": {"Colour": [{"exists": false}]}}"#, event: order, isMatch: true),
        Example(pattern: #"{"Product": [{"exists": true}]}"#, event: order, isMatch: false),
        Example(pattern: #"{"Product": {"Tags": [{"exists": true}]}}"#, event: order, isMatch: true),
        Example(pattern: #"{"Region": [{"prefix": "us-"}]}"#, event: order, isMatch: true),
        Example(pattern: #"{"Region": [{"prefix": {"equals-ignore-case": "US-"}}]}"#, event: order, isMatch: true),
        Example(pattern: #"{"Region": [{"prefix": "eu-"}]}"#, event: order, isMatch: false),
        Example(pattern: #"{"FileName": [{"suffix": ".png"}]}"#, event: order, isMatch: true),
        Example(pattern: #"{"FileName": [{"suffix": {"equals-ignore-case": ".PNG"}}]}"#, event: order, isMatch: true),
        Example(pattern: #"{"Gift": [false]}"#, event: order, isMatch: true),
        Example(pattern: #"{"Gift": [true]}"#, event: order, isMatch: false),
        Example(pattern: #"{"Product": {"Tags": ["red"]}}"#, event: order, isMatch: true),
        Example(pattern: #"{"Product": {"Tags": ["blue"]}}"#, event: order, isMatch: false),
        Example(pattern: #"{"a": {"b": ["x"]}}"#, event: #"{"a": [{"b": "y"}, {"b": "x"}]}"#, isMatch: true),
        Example(pattern: #"{"a": {"b": ["x"]}}"#, event: #"{"a": "x"}"#, isMatch: false),
        Example(
            pattern: #"{"dynamodb": {"NewImage": {"amount": {"N": ["100"]}}}}"#,
            event: #"{"eventName": "INSERT", "dynamodb": {"NewImage": {"amount": {"N": "100"}}}}"#, isMatch: true),
        Example(
            pattern: #"{"eventName": ["INSERT", "MODIFY"]}"#, event: #"{"eventName": "REMOVE"}"#, isMatch: false),
    ])
    func matchesAsDocumented(_ example: Example) throws {
        let pattern = try EventPattern(parsing: example.pattern)
        #expect(pattern.matches(try JSON(parsing: example.event)) == example.isMatch, "\(example.pattern)")
    }

    @Test(arguments: [
        "", "[]", "{}", "nothing", #"{"a": 1}"#, #"{"a": "x"}"#, #"{"a": []}"#, #"{"a": {}}"#, #"{"a": [[1]]}"#,
        #"{"a": [{"between": 1}]}"#, #"{"a": [{}]}"#, #"{"a": [{"prefix": 1}]}"#,
        #"{"a": [{"prefix": "x", "suffix": "y"}]}"#, #"{"a": [{"numeric": []}]}"#, #"{"a": [{"numeric": [">"]}]}"#,
        #"{"a": [{"numeric": ["~", 1]}]}"#, #"{"a": [{"numeric": [">", 5, "<", 1]}]}"#,
        #"{"a": [{"numeric": ["<", 1, ">", 5]}]}"#, #"{"a": [{"numeric": ["=", 1e10]}]}"#,
        #"{"a": [{"exists": "yes"}]}"#, #"{"a": [{"anything-but": []}]}"#, #"{"a": [{"anything-but": [null]}]}"#,
        #"{"a": [{"anything-but": {"exists": true}}]}"#, #"{"$or": []}"#, #"{"$or": [{"a": 1}]}"#,
        String(repeating: #"{"a":"#, count: 200) + "[1]" + String(repeating: "}", count: 200),
    ])
    func refusesWhatIsNoPattern(_ text: String) {
        #expect(throws: EventPatternError.self) { try EventPattern(parsing: text) }
    }
}
