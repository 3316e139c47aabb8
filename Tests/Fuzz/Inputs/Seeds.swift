/// Inputs to begin with.
enum Seeds {
    static let paths = [
        "$", "$.a", "$.a.b.c", "$['a']['b']", "$.items[0]", "$.items[-1]", "$.items[1:3]", "$.items[::2]", "$..name",
        "$.items[*].price", "$.items[?(@.price > 10)]", "$.items[?(@.a == 'x' && @.b != 2)].c", "$.a['b','c']",
        "$.items[0,2]", "$$.Execution.Id", "$x.y[0]", "$.a.length()", "$..*", "$[?(@.a =~ /x+/i)]",
        "$.items[(@.length-1)]",
        "$.items[?(@.tags contains 'a')]", "$.ünïcode.日本",
    ]

    static let intrinsics = [
        "States.Format('{} and {}', $.a, $.b)", "States.Array(1, 'two', $.three, null, true)",
        "States.ArrayPartition($.items, 4)", "States.ArrayContains($.items, $.b)", "States.ArrayRange(1, 9, 2)",
        "States.ArrayGetItem($.items, 1)", "States.ArrayLength($.items)", "States.ArrayUnique($.items)",
        "States.Base64Encode('Data to encode')", "States.Base64Decode('RGVjb2Rl')", "States.Hash($.a, 'SHA-256')",
        "States.JsonMerge($.a, $.b, false)", "States.StringToJson($.text)", "States.JsonToString($.a)",
        "States.MathRandom(1, 9)", "States.MathAdd($.n, -1)", "States.StringSplit('a,b', ',')", "States.UUID()",
        "States.Format('\\{\\} {}', States.Array($.a, States.MathAdd(1, 2)))", "States.ArrayRange(0, 1000000, 1)",
    ]

    static let expressions = [
        "1 + 2 * 3", "items[price > 10].name", "$sum(items.price)", "$map(items, function($i, $n) { $i.price * $n })",
        "{ 'a': 1, 'b': [1..5] }", "items^(>price, name)", "items{name: $sum(price)}", "($x := 1; $y := $x + 1; $y)",
        "a ? b : c", "$string(a) & 'x'", "**.name", "*.b", "items.%.a", "items@$i.tags@$t.{'i': $i, 't': $t}",
        "items#$n[$n < 2]",
        "$reduce([1..9], function($a, $b) { $a + $b })", "$replace('abc', /b(.)/, '$1')", "$match('aaa', /a+?/)",
        "|$|{'c': 1}|", "function($x) { $x }(3)", "$f := function($n) { $n <= 1 ? 1 : $n * $f($n - 1) }",
        "($f := function($n) { $f($n) }; $f(1))", "$now() ~> $length", "$formatNumber(1234.5, '#,##0.00')",
        "$fromMillis(0)",
        "$split('a b', ' ')[0]", "a in [1, 2] and not b", "$states.input.items[0]", "`odd name`.x", "/* comment */ 1",
        "-a", "[1..10000000]",
        "$parse('{}')", "$partition([1..9], 2)", "$range(1, 9, 2)", "$hash('a', 'MD5')", "$uuid()", "$random(1)",
        "$sort([3, 1, 2], function($l, $r) { $l > $r })", "$each({'a': 1}, function($v, $k) { $k })", "\"unterminated",
    ]

    static let pieces = [
        "$", ".", "a", "[", "]", "(", ")", "{", "}", "'", "\"", "0", "1", ":", ",", "*", "?", "@", "..", "-", "States.",
        "Array",
        "Format", "$$", " ", "+", "/", "%", "^", "&", "|", "~>", ":=", "=", "!=", "<", ">", "and", "or", "in",
        "function", "#",
        "null", "true", "\\", "\n", "é", "日", "e5", "=~", "&&", "||", "!", ";", "?:", "**", "`",
    ]

    /// Big and deep ones.
    static func huge(_ random: inout FuzzRandom) -> String {
        switch random.below(4) {
        case 0: return String(repeating: "[", count: 100_000)
        case 1: return String(repeating: "{\"States\":", count: 100_000)
        case 2:
            let count = 10_000
            let states = (0..<count).map { "\"S\($0)\":{\"Type\":\"Pass\",\"Next\":\"S\(($0 + 1) % count)\"}" }
            return "{\"StartAt\":\"S0\",\"States\":{\(states.joined(separator: ","))}}"
        default:
            let open = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Parallel\",\"End\":true,\"Branches\":["
            let depth = 20 + random.below(200)
            return String(repeating: open, count: depth) + String(repeating: "]}}}", count: depth)
        }
    }
}
