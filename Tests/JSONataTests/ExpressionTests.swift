import JSON
import JSONata
import Testing

@Suite struct ExpressionTests {
    private let environment = JSONataEnvironment(now: 0, seed: 1)

    @Test func keepsTheTextOfNumbersThatPassThrough() throws {
        let data = try JSON(parsing: #"{"price":1.0,"id":12345678901234567890,"list":[2.50]}"#)
        let result = try JSONataExpression("{'p': price, 'i': id, 'l': list}").evaluate(data, in: environment)
        #expect(result?.text == #"{"p":1.0,"i":12345678901234567890,"l":[2.50]}"#)
    }

    @Test func readsVariablesThatAreBound() throws {
        let states: JSON = ["input": ["order": ["id": 7]]]
        let expression = try JSONataExpression("$states.input.order.id + $extra")
        #expect(try expression.evaluate(nil, bindings: ["states": states, "extra": 1], in: environment) == 8)
    }

    @Test(arguments: [
        ("$states.input.a & $x", ["states", "x"]),
        ("($x := 1; $x + $y)", ["y"]),
        ("($x + 1; $x := 1)", ["x"]),
        ("($f := function($a){ $a + $g($b) }; $g := function(){ 1 }; $f(1))", ["b"]),
        ("$map(items, function($v, $i){ $v * $i * $k })", ["k"]),
        ("items@$i.($i.a)", []),
        ("$sum([1]) + $uuid()", []),
    ])
    func tellsItsFreeVariables(_ text: String, _ names: [String]) throws {
        #expect(try JSONataExpression(text).freeVariables == Set(names))
    }

    @Test func tellsTheMembersOfStates() throws {
        let expression = try JSONataExpression("{'a': $states.result.x, 'b': $f($states.errorOutput), 'c': $s.context}")
        #expect(expression.statesMembers == ["result", "errorOutput"])
    }

    @Test(arguments: [
        String(repeating: "(", count: 100_000),
        String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
        String(repeating: "-", count: 100_000) + "1",
        "1" + String(repeating: "+1", count: 100_000),
        "a" + String(repeating: "[0]", count: 100_000),
        "$f := " + String(repeating: "function(){", count: 50_000),
        "/" + String(repeating: "(", count: 100_000) + "/",
    ])
    func refusesWhatNestsTooDeeply(_ text: String) {
        #expect(throws: JSONataError.self) { try JSONataExpression(text) }
    }

    @Test func evaluatesWhatNestsModerately() throws {
        let text = String(repeating: "(", count: 150) + "1" + String(repeating: ")", count: 150)
        #expect(try JSONataExpression(text).evaluate(nil, in: environment) == 1)
    }

    @Test(arguments: [
        "($f := function(){ $f() }; $f())",
        "($s := function($x){ $s($x & $x) }; $s('ab'))",
        "($s := function($x){ $s([[$x]]) }; $s(1))",
        "($s := function($x){ $s(function(){ $x }) }; $s(1))",
        "($s := function($x){ $s($append($x, $x)) }; $s([1]))",
        "$pad('', 1e300)",
        "$map([1..5000], function($a){ $map([1..5000], function($b){ $a * $b }) })",
    ])
    func endsWhatWouldNotEnd(_ text: String) throws {
        let expression = try JSONataExpression(text)
        var bounded = environment
        bounded.stepLimit = 300_000
        let error = #expect(throws: JSONataError.self) { try expression.evaluate(nil, in: bounded) }
        #expect(error?.code == "U1001")
    }

    @Test func survivesMutatedExpressions() {
        let seeds = [
            "stock[kind='pen' and count > 3].{ 'a': $sum(price * count), 'b': [1..3] }",
            "($f := function($x, $y)<nn:n>{ $x > $y ? $f($x - 1, $y) : $x }; $f(9, 2) ~> $string())",
            "$replace(name, /([a-z]+)(?=e)|\\w{1,3}?$/i, '$1-$0') & $fromMillis(5, '[Y]-[MNn,3-3]')",
            "stock@$s#$i.sizes^(>$).{ %.sku: $i & $s.kind }[] ?? owner ~> |address|{'z': 1}, 'zip'|",
            "$formatNumber(-1234.5, '#,##0.0e0;(0)') & $formatInteger(19, 'Ww;o') & **.city & *[0]",
        ]
        let pieces = [
            "(", ")", "[", "]", "{", "}", "$", ".", "%", "@", "#", "?", ":", "~>", "*", "**", "/", "|", "^", "1e308",
            "'", "𝄞", ";", "-", "\\", "..", "function", "<",
        ]
        let data = try? JSON(parsing: ExpressionCase.shop)
        var state: UInt64 = 42
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(max(bound, 1)))
        }
        var bounded = JSONataEnvironment(now: 0, seed: 1, dialect: .standard)
        bounded.stepLimit = 20_000
        var answers = 0
        for round in 0..<4_000 {
            var text = Array(seeds[round % seeds.count])
            for _ in 0...next(4) {
                let place = next(text.count)
                switch next(3) {
                case 0: text.remove(at: place)
                case 1: text.insert(contentsOf: pieces[next(pieces.count)], at: place)
                default: text.swapAt(place, next(text.count))
                }
            }
            if (try? JSONataExpression(String(text)).evaluate(data, in: bounded)) != nil { answers += 1 }
        }
        #expect(answers > 100)
    }
}
