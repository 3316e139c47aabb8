import Testing

@Suite struct PathTests {
    @Test(arguments: [
        ExpressionCase("name", "\"Corner\""),
        ExpressionCase("owner.address.city", "\"Bern\""),
        ExpressionCase("owner.missing.city", "undefined"),
        ExpressionCase("none", "null"),
        ExpressionCase("stock.sku", #"["p1","p2","c1"]"#),
        ExpressionCase("stock.sizes", "[1,2,3]"),
        ExpressionCase("stock[kind='cup'].sku", "\"c1\""),
        ExpressionCase("stock[kind='cup'].sku[]", #"["c1"]"#),
        ExpressionCase("stock[0].sku", "\"p1\""),
        ExpressionCase("stock[-1].sku", "\"c1\""),
        ExpressionCase("stock[[0,2]].sku", #"["p1","c1"]"#),
        ExpressionCase("stock[5]", "undefined"),
        ExpressionCase("stock.sizes[0]", "[1,3]"),
        ExpressionCase("(stock.sizes)[0]", "1"),
        ExpressionCase("tags[$ != 'b']", #"["a","c"]"#),
        ExpressionCase("grid", "[[1,2],[3]]"),
        ExpressionCase("grid[0]", "[1,2]"),
        ExpressionCase("grid.$", "[1,2,3]"),
        ExpressionCase("stock.[sku, price]", #"[["p1",2.5],["p2",1],["c1",7]]"#),
        ExpressionCase("stock.{ 'id': sku }", #"[{"id":"p1"},{"id":"p2"},{"id":"c1"}]"#),
        ExpressionCase("owner.*", #"["Ada","Low",{"city":"Bern","zip":"3000"}]"#),
        ExpressionCase("owner.*.city", "\"Bern\""),
        ExpressionCase("**.zip", "\"3000\""),
        ExpressionCase("$$.name", "\"Corner\""),
        ExpressionCase("`name`", "\"Corner\""),
        ExpressionCase("owner.'first'", "\"Ada\""),
        ExpressionCase("empty", "[]"),
        ExpressionCase("$[1]", "2", on: "[1,2,3]"),
        ExpressionCase("$", "[1,2,3]", on: "[1,2,3]"),
        ExpressionCase("a", "[1,2]", on: #"[{"a":1},{"a":2}]"#),
    ])
    func walks(_ expression: ExpressionCase) throws { try expression.check() }

    @Test(arguments: [
        ExpressionCase("stock^(price).sku", #"["p2","p1","c1"]"#),
        ExpressionCase("stock^(>price).sku", #"["c1","p1","p2"]"#),
        ExpressionCase("stock^(kind, >count).sku", #"["c1","p2","p1"]"#),
        ExpressionCase("stock^(sizes[0] > 1 ? 'a' : 1)", "!T2007"),
        ExpressionCase("stock^($)", "!T2008"),
        ExpressionCase("stock{kind: $sum(count)}", #"{"pen":14,"cup":0}"#),
        ExpressionCase("stock{kind: sku}", #"{"pen":["p1","p2"],"cup":"c1"}"#),
        ExpressionCase("stock{price: sku}", "!T1003"),
        ExpressionCase("{'a': 1, 'a': 2}", "!D1009"),
        ExpressionCase("{}", "{}"),
        ExpressionCase("stock#$i[$i > 0].sku", #"["p2","c1"]"#),
        ExpressionCase("stock#$i.{'n': $i, 's': sku}[0]", #"{"n":0,"s":"p1"}"#),
        ExpressionCase("stock@$s.tags[$='a'].($s.sku & $)", #"["p1a","p2a","c1a"]"#),
        ExpressionCase(
            "stock.sizes.{'size': $, 'sku': %.sku}",
            #"[{"size":1,"sku":"p1"},{"size":2,"sku":"p1"},{"size":3,"sku":"p2"}]"#),
        ExpressionCase("owner.address.%.first", "\"Ada\""),
        ExpressionCase("%", "!S0217"),
        ExpressionCase(
            "owner ~> |address|{'city': 'Basel'}, 'zip'|", #"{"first":"Ada","last":"Low","address":{"city":"Basel"}}"#),
        ExpressionCase("owner ~> |address|5|", "!T2011"),
    ])
    func sortsGroupsAndBinds(_ expression: ExpressionCase) throws { try expression.check() }
}
