import JSON
import Testing

@testable import DynamoDB

@Suite("Items in files")
struct ExchangeTests {
    private static let keys = ExchangeKeys(table: [
        "KeySchema": [["AttributeName": "p", "KeyType": "HASH"], ["AttributeName": "s", "KeyType": "RANGE"]],
        "AttributeDefinitions": [
            ["AttributeName": "p", "AttributeType": "S"], ["AttributeName": "s", "AttributeType": "N"],
        ],
    ])

    @Test(
        "are plain JSON without types, and become items again",
        arguments: [
            (#"{"p":{"S":"a"},"s":{"N":"1.50"}}"#, #"{"p":"a","s":1.50}"#),
            (
                #"{"l":{"L":[{"N":"1"},{"NULL":true}]},"m":{"M":{"b":{"BOOL":false}}}}"#,
                #"{"l":[1,null],"m":{"b":false}}"#
            ),
            (
                #"{"n":{"N":"12345678901234567890123456789012345678"}}"#,
                #"{"n":12345678901234567890123456789012345678}"#
            ),
        ])
    func plain(_ item: String, _ plain: String) throws {
        let item = try JSON(parsing: item)
        #expect(PlainItem.plain(item).text == plain)
        #expect(try PlainItem.item(JSON(parsing: plain), Self.keys) == item)
    }

    @Test("of sets and binaries are arrays and texts")
    func lossy() throws {
        let item = try JSON(parsing: #"{"ns":{"NS":["1","2"]},"ss":{"SS":["x"]},"b":{"B":"AQI="}}"#)
        #expect(PlainItem.plain(item).text == #"{"ns":[1,2],"ss":["x"],"b":"AQI="}"#)
    }

    @Test("have keys of the table's types")
    func keyTypes() throws {
        #expect(try PlainItem.item(["p": 7, "s": "12"], Self.keys) == ["p": ["S": "7"], "s": ["N": "12"]])
        #expect(throws: ExchangeError("p is a key of type S, and cannot be true")) {
            try PlainItem.item(["p": true], Self.keys)
        }
    }

    @Test("are read piece by piece, however the file is cut", arguments: [1, 3, 1000])
    func pieces(_ size: Int) throws {
        let text = "p,s,note\r\nann,1,\"a, \"\"b\"\"\nc\"\n\nbob,2,\nlast,3,[1]"
        var reader = TableFileReader(format: .csv, keys: Self.keys, infersTypes: true)
        var items: [JSON] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            items += try reader.feed(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        items += try reader.finish()
        let ann: JSON = ["p": ["S": "ann"], "s": ["N": "1"], "note": ["S": "a, \"b\"\nc"]]
        let last: JSON = ["p": ["S": "last"], "s": ["N": "3"], "note": ["L": [["N": "1"]]]]
        #expect(items == [ann, ["p": ["S": "bob"], "s": ["N": "2"]], last])
    }

    @Test("come as exports have them, with or without Item")
    func exports() throws {
        var reader = TableFileReader(format: .dynamodb, keys: Self.keys)
        let text = #"{"Item":{"p":{"S":"a"}}}"# + "\n\n" + #"{"p":{"S":"b"},"s":{"N":"1"}}"#
        let items = try reader.feed(Array(text.utf8)) + reader.finish()
        #expect(items == [["p": ["S": "a"]], ["p": ["S": "b"], "s": ["N": "1"]]])
        #expect(throws: ExchangeError.self) { try reader.feed(Array("{nonsense\n".utf8)) }
        #expect(reader.line == 4)
    }

    @Test("stand in cells under a header of all names, keys first")
    func cells() throws {
        let header = CSVItem.header(["z", "p", "a", "s"], Self.keys)
        #expect(header == ["p", "s", "a", "z"])
        let item = try JSON(parsing: #"{"p":{"S":"x,y"},"s":{"N":"1"},"z":{"M":{"k":{"BOOL":true}}}}"#)
        #expect(CSVText.line(CSVItem.cells(item, header)) == #""x,y",1,,"{""k"":true}""#)
        #expect(throws: ExchangeError("2 cells stand under a header of 4")) {
            try CSVItem.item(["a", "b"], header, Self.keys, infersTypes: false)
        }
    }
}
