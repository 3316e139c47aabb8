import JSON
import StatesLanguage
import Testing

struct IntrinsicExpressionTests {
    static let input: JSON = [
        "name": "Ada", "n": 7, "half": 2.5, "list": [1, 2, 3, 4, 5], "mixed": [1, 1.0, "1", [1], [1], nil, nil],
        "json": #"{"a": [1, 2.50]}"#, "left": ["a": 1, "b": ["x": 1]], "right": ["b": ["y": 2]], "none": nil,
        "template": #"{} says \{\}"#, "broken": "{", "text": "a,,b;c",
    ]

    static func value(_ call: String) throws -> JSON {
        try IntrinsicExpression(call).evaluate(
            input: input, context: ["State": ["Name": "Sum"]], variables: ["rate": 3], random: { 0x0123_4567_89AB_CDEF }
        )
    }

    @Test(arguments: [
        ("States.Format('Hello {}', $.name)", #""Hello Ada""#),
        ("States.Format('{} {} {} {}', $.n, $.half, true, null)", #""7 2.5 true null""#),
        (#"States.Format('it\'s \{{}\} \\', $.n)"#, #""it's {7} \\""#),
        ("States.Format($.template, $$.State.Name)", #""Sum says {}""#),
        ("States.Format('plain')", #""plain""#),
        ("States.StringToJson($.json)", #"{"a": [1, 2.50]}"#),
        ("States.StringToJson('')", "null"),
        ("States.JsonToString($.left)", #""{\"a\":1,\"b\":{\"x\":1}}""#),
        ("States.Array()", "[]"),
        ("States.Array($.n, 'x', -1.5, true, null, $rate)", #"[7, "x", -1.5, true, null, 3]"#),
        ("States.ArrayPartition($.list, 2)", "[[1, 2], [3, 4], [5]]"),
        ("States.ArrayPartition($.list, 2.9)", "[[1, 2], [3, 4], [5]]"),
        ("States.ArrayPartition($.list, 9007199254740992)", "[[1, 2, 3, 4, 5]]"),
        ("States.ArrayPartition(States.Array(), 3)", "[]"),
        ("States.ArrayContains($.list, 3.0)", "true"),
        ("States.ArrayContains($.list, '3')", "false"),
        ("States.ArrayRange(1, 9, 2)", "[1, 3, 5, 7, 9]"),
        ("States.ArrayRange(5, 1, -2)", "[5, 3, 1]"),
        ("States.ArrayRange(5, 1, 1)", "[]"),
        ("States.ArrayGetItem($.list, 4)", "5"),
        ("States.ArrayLength($.list)", "5"),
        ("States.ArrayUnique($.mixed)", #"[1, "1", [1], null]"#),
        ("States.Base64Encode('Grüße')", #""R3LDvMOfZQ==""#),
        ("States.Base64Decode('R3LDvMOfZQ==')", #""Grüße""#),
        ("States.Base64Decode('R3LDvM OfZQ')", #""Grüße""#),
        ("States.Hash('shop', 'MD5')", #""fb54f3c5992b96d001bb16e8e92d968d""#),
        ("States.JsonMerge($.left, $.right, false)", #"{"a": 1, "b": {"y": 2}}"#),
        ("States.MathAdd($.n, -1)", "6"),
        ("States.MathAdd(1.6, 2.7)", "5"),
        ("States.StringSplit($.text, ',;')", #"["a", "b", "c"]"#),
        ("States.StringSplit('', ',')", "[]"),
        ("States.UUID()", #""01234567-89ab-4def-8123-456789abcdef""#),
        ("States.MathRandom(1, 257)", "2"),
        ("  States.ArrayGetItem( States.StringSplit( $.text , ';' ) , 1 )  ", #""c""#),
        ("States.Array($.list[?(@ > 3)], $['name'])", #"[[4, 5], "Ada"]"#),
        ("States.Array($.list.length())", "[5]"),
    ])
    func `a call has the value that its function gives`(call: String, expected: String) throws {
        #expect(try Self.value(call).text == JSON(parsing: expected).text)
    }

    @Test(arguments: [
        ("States.Hash('', 'SHA-1')", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        ("States.Hash('', 'SHA-256')", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("States.Hash('', 'MD5')", "d41d8cd98f00b204e9800998ecf8427e"),
    ])
    func `hashes are written in hexadecimal`(call: String, digest: String) throws {
        #expect(try Self.value(call) == .string(digest))
    }

    @Test func `a seed makes a random number the same again`() throws {
        let numbers = try (0..<50).map { try Self.value("States.MathRandom(1, 1000, \($0))") }
        #expect(try Self.value("States.MathRandom(1, 1000, 8)") == numbers[8])
        #expect(Set(numbers).count > 40)
        #expect(numbers.allSatisfy { (1..<1000).contains($0.int ?? 0) })
    }

    @Test(arguments: [
        ("States.Format('{} {}', $.n)", "States.Format"), ("States.Format('{}', 1, 2)", "States.Format"),
        ("States.Format('{}', $.list)", "States.Format"), ("States.Format($.n)", "States.Format"),
        ("States.Format($.broken)", "States.Format"), ("States.Format('}')", "States.Format"),
        ("States.Format()", "States.Format"), ("States.StringToJson('{')", "States.StringToJson"),
        ("States.StringToJson($.n)", "States.StringToJson"),
        ("States.ArrayPartition($.list, 0)", "States.ArrayPartition"),
        ("States.ArrayPartition($.n, 1)", "States.ArrayPartition"),
        ("States.ArrayContains($.n, 1)", "States.ArrayContains"),
        ("States.ArrayRange(1, 1001, 1)", "States.ArrayRange"),
        ("States.ArrayRange(1, 5, 0)", "States.ArrayRange"), ("States.ArrayRange('1', 5, 1)", "States.ArrayRange"),
        ("States.ArrayGetItem($.list, 5)", "States.ArrayGetItem"),
        ("States.ArrayGetItem($.list, -1)", "States.ArrayGetItem"), ("States.ArrayLength($.n)", "States.ArrayLength"),
        ("States.ArrayUnique('x')", "States.ArrayUnique"), ("States.Base64Encode(1)", "States.Base64Encode"),
        ("States.Base64Decode(null)", "States.Base64Decode"), ("States.Hash('x', 'sha-256')", "States.Hash"),
        ("States.JsonMerge($.left, $.right, true)", "States.JsonMerge"),
        ("States.JsonMerge($.left, $.n, false)", "States.JsonMerge"), ("States.MathAdd('1', 2)", "States.MathAdd"),
        ("States.MathAdd(2147483647, 1)", "States.MathAdd"), ("States.MathAdd(3000000000, 1)", "States.MathAdd"),
        ("States.MathRandom(5, 5)", "States.MathRandom"), ("States.MathRandom(1, 5, 'x')", "States.MathRandom"),
        ("States.StringSplit($.n, ',')", "States.StringSplit"), ("States.UUID(1)", "States.UUID"),
        ("States.Array(States.MathAdd(1))", "States.MathAdd"),
    ])
    func `arguments of the wrong kind or number fail the state`(call: String, function: String) throws {
        #expect(throws: IntrinsicFailure(error: "States.Runtime", cause: "Invalid arguments in \(function)")) {
            try Self.value(call)
        }
    }

    @Test func `a path that leads nowhere is named`() throws {
        let failure = #expect(throws: IntrinsicFailure.self) { try Self.value("States.Array($.n, $.lost.item)") }
        #expect(failure?.missingPath?.text == "$.lost.item")
    }

    @Test(arguments: [
        "", "States", "States.Nothing()", "States.Array", "States.Array(", "States.Array(1", "States.Array(1,)",
        "States.Array(1) x", "States.Array('a)", #"States.Array('a\n')"#, #"States.Array("a")"#, "States.Array($.)",
        "States.Array($.a[)", "States.Array(x)", "array(1)", "States.Array(1 2)", "States.array()",
    ])
    func `text that is no call is refused`(call: String) {
        #expect(throws: JSONPathError.self) { try IntrinsicExpression(call) }
    }

    @Test(arguments: [11, 100_000])
    func `more than ten calls inside each other are refused`(count: Int) {
        let call = String(repeating: "States.Array(", count: count) + String(repeating: ")", count: count)
        #expect(throws: JSONPathError.self) { try IntrinsicExpression(call) }
    }

    @Test func `ten calls may be inside each other`() throws {
        let call = String(repeating: "States.Array(", count: 10) + String(repeating: ")", count: 10)
        #expect(try Self.value(call).text == String(repeating: "[", count: 10) + String(repeating: "]", count: 10))
    }

    @Test func `the paths among the arguments are known from left to right`() throws {
        let call = try IntrinsicExpression("States.Array($.a, States.Format('{}', $b.c), $$.Execution.Id)")
        #expect(call.paths.map(\.text) == ["$.a", "$b.c", "$$.Execution.Id"])
    }
}
