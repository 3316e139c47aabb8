import JSON
import Testing

@testable import VelocityTemplate

struct VelocityTemplateTests {
    private static func globals() -> [String: VelocityValue] {
        [
            "map": VelocityValue(["a": "1", "b": ["x", "y"], "c": ["d": 2.5], "n": 7, "off": false, "nil": nil]),
            "text": .string("Hello, world"), "list": VelocityValue([3, 1, 2]),
        ]
    }

    private func render(_ source: String) throws -> String {
        try VelocityTemplate(source).render(Self.globals())
    }

    @Test(arguments: [
        ("plain", "plain"), ("$text", "Hello, world"), ("${text}s", "Hello, worlds"), ("$unknown", "$unknown"),
        ("$!unknown", ""), ("$!{unknown}x", "x"), ("$map.a", "1"), ("$map.c.d", "2.5"), ("$map.none", ""),
        ("$map.b[1]", "y"), ("$map.b.get(0)", "x"), ("$map['a']", "1"), ("$5 and $", "$5 and $"), ("a#b", "a#b"),
        ("\\$text", "$text"), ("\\$unknown", "\\$unknown"), ("\\#if", "#if"), ("$map.c", "{d=2.5}"),
        ("$map.b", "[\"x\",\"y\"]"), ("$map.b[", "[\"x\",\"y\"]["), ("#[[$text #if]]#", "$text #if"),
        ("a ## comment\nb", "a b"), ("a#* c\n *#b", "ab"),
    ])
    func referencesAndText(_ source: String, _ expected: String) throws {
        #expect(try render(source) == expected)
    }

    @Test(arguments: [
        ("#set($a = 1)$a", "1"), ("#set($a = 'x$text')$a", "x$text"), ("#set($a = \"x$text\")$a", "xHello, world"),
        ("#set($a = [1, 'b', 2.5])$a", "[1, b, 2.5]"), ("#set($a = [1..4])$a", "[1, 2, 3, 4]"),
        ("#set($a = {'k': 1, \"l\": [2]})$a $a.k $a.l[0]", "{k=1, l=[2]} 1 2"),
        ("#set($a = {})$!a.put('x', 5)#set($a.y = 6)$a", "{x=5, y=6}"),
        ("#set($a = [])$!a.add(1)$!a.add('z')$a.size()", "truetrue2"), ("#set( $a = 2 + 3 * 4 )$a", "14"),
        ("#set($a = (2 + 3) * 4)$a", "20"), ("#set($a = 7 / 2)$a", "3"), ("#set($a = 7 % 4)$a", "3"),
        ("#set($a = 7 / 2.0)$a", "3.5"), ("#set($a = 1 / 0)$!a", ""), ("#set($a = -3 + 1)$a", "-2"),
        ("#set($a = 9223372036854775807 + 1)$!a", ""), ("#set($a = $map.n - 2)$a", "5"),
        ("#set($a = 'it''s')$a", "it's"), ("#set($a = \"say \"\"hi\"\"\")$a", "say \"hi\""),
        ("#set($Integer = 0)#set($a = $Integer.parseInt('12') + 1)$a", "13"),
        ("x\n  #set($a = 1)\ny", "x\ny"),
    ])
    func assignments(_ source: String, _ expected: String) throws {
        #expect(try render(source) == expected)
    }

    @Test(arguments: [
        ("#if(true)a#{else}b#end", "a"), ("#if($unknown)a#elseif(1 == 1)b#{else}c#end", "b"),
        ("#if($map.off)a#{else}b#end", "b"), ("#if(!$map.off && $map.n > 6)a#end", "a"),
        ("#if($map.n == '7')a#end", "a"), ("#if($text != \"\")a#end", "a"), ("#if($map.n lt 8 and true)a#end", "a"),
        ("#if($list.contains(2))a#end", "a"), ("#if(\"$!unknown\" == '')a#end", "a"),
        ("#if($map.nil)a#{else}b#end", "b"),
        ("#foreach($i in $list)$i#if($foreach.hasNext),#end#end", "3,1,2"),
        ("#foreach($k in $map.c.keySet())$k=$map.c.get($k)#end", "d=2.5"),
        ("#foreach($e in $map.c.entrySet())$e.key:$e.value $e.getKey()#end", "d:2.5 d"),
        ("#foreach($i in [1..5])$foreach.index$foreach.count#if($i == 2)#break#end;#end.", "01;12."),
        ("#foreach($i in $unknown)x#end", ""), ("a#stop b", "a"),
        ("#foreach($i in [1, 2])#foreach($j in [1, 2])$i$j $foreach.parent.index,#end#end", "11 0,12 0,21 1,22 1,"),
        ("#if(true)\na\n#end\nb", "a\nb"),
    ])
    func directives(_ source: String, _ expected: String) throws {
        #expect(try render(source) == expected)
    }

    @Test(arguments: [
        ("$text.length()", "12"), ("$text.toUpperCase()", "HELLO, WORLD"), ("$text.toLowerCase()", "hello, world"),
        ("$text.substring(7)", "world"), ("$text.substring(0, 5)", "Hello"), ("$!text.substring(99)", ""),
        ("$text.replace('l', 'L')", "HeLLo, worLd"), ("$text.replaceAll('[lo]+', '_')", "He_, w_r_d"),
        ("$text.replaceAll('(\\w+), (\\w+)', '$2 $1')", "world Hello"), ("$text.split(', ')[1]", "world"),
        ("$text.split(',').size()", "2"), ("$text.indexOf('o')", "4"), ("$text.lastIndexOf('o')", "8"),
        ("$text.contains('wor')", "true"), ("$text.startsWith('He')", "true"), ("$text.matches('Hello.*')", "true"),
        ("$text.equals('Hello, world')", "true"), ("$text.charAt(1)", "e"), ("$text.concat('!')", "Hello, world!"),
        ("$text.isEmpty()", "false"), ("$list.isEmpty()", "false"), ("$map.size()", "6"),
        ("$map.containsKey('a')", "true"), ("$map.remove('a')$map.containsKey('a')", "1false"),
        ("$list.indexOf(2)", "2"), ("$list.remove(0)$list", "3[1,2]"), ("$!text.nothing()", ""),
        ("$map.keySet()", "[a, b, c, n, off, nil]"), ("$map.n.toString().length()", "1"),
    ])
    func methods(_ source: String, _ expected: String) throws {
        #expect(try render(source) == expected)
    }

    @Test(arguments: [
        "#if(true)", "#if true #end", "#set($a 1)", "#set($a = )", "#foreach($a of $b)#end", "#end", "#else",
        "#set(1 = 2)",
        "#set($a = 'x)", "#if(true)a#{else}b#{else}c#end", "#macro(x)#end", "#parse('x')", "#[[ open", "#set($a = [1)",
        "#set($a = {'x' 1})", "#set($a = 99999999999999999999)",
    ])
    func brokenTemplatesSayWhatIsWrong(_ source: String) {
        #expect(throws: VelocityError.self) { try VelocityTemplate(source) }
    }

    @Test(arguments: [
        "#set($s = 'xxxxxxxxxx')#foreach($i in [1..999])#set($s = \"$s$s\")#end",
        "#set($l = [1, 2])#foreach($i in [1..999])$!l.addAll($l)#end",
        "#foreach($i in [1..999])#foreach($j in [1..999])#foreach($k in [1..999])x#end#end#end",
        "#set($a = [1..999999999])",
        "#set($s = 'aaaaaaaa')#foreach($i in [1..99])#set($s = $s.replace('a', 'aaaaaaaa'))#end",
        "$text.replaceAll('(', 'x')", "$text.matches('(a)\\1')",
    ])
    func runsAreBounded(_ source: String) throws {
        let template = try VelocityTemplate(source)
        #expect(throws: VelocityError.self) { try template.render(Self.globals()) }
    }

    @Test func listsInThemselvesAreWritten() throws {
        #expect(try render("#set($l = [1])$!l.add($l)$l").hasPrefix("true[1, [1, "))
    }

    @Test func nestingIsBounded() {
        for source in [
            String(repeating: "(", count: 5000), String(repeating: "[", count: 5000),
            String(repeating: "!", count: 5000),
        ] {
            #expect(throws: VelocityError.self) { try VelocityTemplate("#set($a = \(source)") }
        }
        #expect(throws: VelocityError.self) { try VelocityTemplate(String(repeating: "#if(true)", count: 5000)) }
    }

    /// Broken in any way, a template throws or ends; it never crashes.
    @Test func mutilatedTemplatesNeverCrash() {
        let whole = Array(
            """
            #set($p = $map.b)#set($m = {"a": [1..3], 'b': -2.5})#foreach($x in $p.entrySet())"$x.key" : \
            "$!{text.replaceAll('(a|b)*', "q$1").substring(1, 3)}"#if($foreach.hasNext && !($m.a[0] >= 2)),#elseif(false)#stop\
            #{else}#break#end#end $map.c['d'] \\$text ## end
            """.utf8)
        var random = Sequence(state: 7)
        for _ in 0..<4000 {
            var bytes = whole
            for _ in 0..<(1 + random.next() % 6) {
                let place = Int(random.next() % UInt64(max(bytes.count, 1)))
                switch random.next() % 4 {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(whole[Int(random.next() % UInt64(whole.count))], at: place)
                case 2: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                default: bytes.removeSubrange(place..<min(place + 12, bytes.count))
                }
                if bytes.isEmpty { break }
            }
            let source = String(decoding: bytes, as: UTF8.self)
            let outcome = Result { try VelocityTemplate(source).render(Self.globals()) }
            if case .success(let text) = outcome { #expect(text.utf8.count <= Limits.text) }
        }
    }
}

/// Numbers that look random and are the same in each run (a linear congruential generator).
private struct Sequence {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}
