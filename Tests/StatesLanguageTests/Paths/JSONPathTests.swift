import JSON
import StatesLanguage
import Testing

struct JSONPathTests {
    static let shop = """
        {"name": "Kiosk", "open": true, "none": null, "a.b": {"c d": 5}, "größe": 7, "e-mail": "k@example.org",
         "numbers": [5, 3, 9, 1.5],
         "empty": [],
         "items": [
           {"sku": "tea", "price": 4.5, "tags": ["hot", "dry"], "stock": 0},
           {"sku": "jam", "price": 3, "tags": ["sweet"], "stock": 12, "sale": null},
           {"sku": "oil", "price": 11, "tags": [], "stock": 2}],
         "limit": 4}
        """

    @Test(arguments: [
        ("$", shop),
        ("$.name", #""Kiosk""#),
        ("$.none", "null"),
        ("$.größe", "7"),
        ("$.e-mail", #""k@example.org""#),
        ("$['a.b']['c d']", "5"),
        (#"$["a.b"]["c d"]"#, "5"),
        (#"$.a\.b['c d']"#, "5"),
        ("$.items[1].sku", #""jam""#),
        ("$.items[-1].sku", #""oil""#),
        ("$.items[0]['sku','price']", #"{"sku": "tea", "price": 4.5}"#),
        ("$.numbers.length()", "4"),
        ("$.numbers.min()", "1.5"),
        ("$.numbers.max()", "9"),
        ("$.numbers.sum()", "18.5"),
        ("$.numbers.avg()", "4.625"),
        ("$.items[0].keys()", #"["sku", "price", "tags", "stock"]"#),
        ("$.numbers.first()", "5"),
        ("$.numbers.last()", "1.5"),
        ("$.numbers.index(-2)", "9"),
        ("$.numbers.append(2)", "[5, 3, 9, 1.5, 2]"),
        ("$.name.concat(' ', 'Nord')", #""Kiosk Nord""#),
        ("$..price.sum()", "18.5"),
    ])
    func `a definite path leads to one value`(path: String, expected: String) throws {
        try expectValue(of: path, expected)
    }

    @Test(arguments: [
        ("$.items[*].sku", #"["tea", "jam", "oil"]"#),
        ("$.items.*.sku", #"["tea", "jam", "oil"]"#),
        ("$..sku", #"["tea", "jam", "oil"]"#),
        ("$..missing", "[]"),
        ("$.numbers[0,2]", "[5, 9]"),
        ("$.numbers[0,9]", "[5]"),
        ("$.numbers[1:3]", "[3, 9]"),
        ("$.numbers[:2]", "[5, 3]"),
        ("$.numbers[2:]", "[9, 1.5]"),
        ("$.numbers[-2:]", "[9, 1.5]"),
        ("$.numbers[:-3]", "[5]"),
        ("$.numbers[::2]", "[5, 9]"),
        ("$.numbers[3:1]", "[]"),
        ("$.numbers[7:]", "[]"),
        ("$.empty[*]", "[]"),
        ("$.items[*]['sku','stock']", #"[{"sku":"tea","stock":0},{"sku":"jam","stock":12},{"sku":"oil","stock":2}]"#),
        ("$.items[0].*", #"["tea", 4.5, ["hot", "dry"], 0]"#),
        ("$..tags[0]", #"["hot", "sweet"]"#),
        (
            "$.items..*",
            #"[{"sku":"tea","price":4.5,"tags":["hot","dry"],"stock":0},{"sku":"jam","price":3,"tags":["sweet"],"stock":12,"sale":null},{"sku":"oil","price":11,"tags":[],"stock":2},"tea",4.5,["hot","dry"],0,"hot","dry","jam",3,["sweet"],12,null,"sweet","oil",11,[],2]"#
        ),
    ])
    func `an indefinite path gathers an array`(path: String, expected: String) throws {
        try expectValue(of: path, expected)
    }

    @Test(arguments: [
        ("$.items[?(@.stock == 0)].sku", ["tea"]),
        ("$.items[?(@.stock != 0)].sku", ["jam", "oil"]),
        ("$.items[?(@.price > 4 && @.stock > 0)].sku", ["oil"]),
        ("$.items[?(@.price < 4 || @.stock == 0)].sku", ["tea", "jam"]),
        ("$.items[?(!(@.price < 4) && @.sku != 'tea')].sku", ["oil"]),
        ("$.items[?(@.price <= 4.5)].sku", ["tea", "jam"]),
        ("$.items[?(@.price >= 4.50)].sku", ["tea", "oil"]),
        ("$.items[?(@.price > $.limit)].sku", ["tea", "oil"]),
        ("$.items[?(@.sale)].sku", ["jam"]),
        ("$.items[?(!@.sale)].sku", ["tea", "oil"]),
        ("$.items[?(@.sale == null)].sku", ["jam"]),
        ("$.items[?(@.sku in ['tea', 'oil'])].sku", ["tea", "oil"]),
        ("$.items[?(@.sku nin ['tea', 'oil'])].sku", ["jam"]),
        ("$.items[?(@.tags contains 'hot')].sku", ["tea"]),
        ("$.items[?(@.sku contains 'a')].sku", ["tea", "jam"]),
        ("$.items[?(@.tags subsetof ['hot', 'dry', 'cold'])].sku", ["tea", "oil"]),
        ("$.items[?(@.tags anyof ['hot', 'sweet'])].sku", ["tea", "jam"]),
        ("$.items[?(@.tags noneof ['hot', 'sweet'])].sku", ["oil"]),
        ("$.items[?(@.tags size 2)].sku", ["tea"]),
        ("$.items[?(@.tags empty true)].sku", ["oil"]),
        ("$.items[?(@.tags.length() == 1)].sku", ["jam"]),
        ("$.items[?(@['sku'] == \"jam\")].sku", ["jam"]),
        ("$.items[?(@.sku > 'jam')].sku", ["tea", "oil"]),
        ("$.items[?(@.price == '3')].sku", ["jam"]),
        ("$..[?(@.stock == 2)].sku", ["oil"]),
        ("$.items[?(@.sku =~ /[jo].*/)].sku", ["jam", "oil"]),
        ("$.items[?(@.sku =~ /TEA|j../i && @.stock > 0)].sku", ["jam"]),
        ("$.items[?(@.sku =~ /a/)].sku", []),
        ("$.items[?(@.price =~ /3/)].sku", []),
        ("$.items[?(@.missing == 1)].sku", []),
        ("$.items[ ?( @.stock==0 ) ].sku", ["tea"]),
    ])
    func `a filter keeps what its condition holds for`(path: String, skus: [String]) throws {
        #expect(try JSONPath(path).value(in: JSON(parsing: Self.shop)) == .array(skus.map(JSON.string)))
    }

    @Test(arguments: [
        "$.missing", "$.name.first", "$.items[3]", "$.items[-4]", "$.name[0]", "$.none.a", "$.items.sku",
        "$.empty.max()", "$.name.keys()",
    ])
    func `a definite path that leads nowhere has no value`(path: String) throws {
        #expect(try JSONPath(path).value(in: JSON(parsing: Self.shop)) == nil)
    }

    @Test(arguments: [
        "", "a", "name", "$a.b.", "$.", "$..", "$[", "$[]", "$['a", "$['a'", "$.a[1", "$.a[x]", "$.a[1,]", "$.a[1:2:0]",
        "$.a b", "$.a[?]", "$.a[?(]", "$.a[?(@.b ==)]", "$.a[?(@.b ~~ 1)]", "$.a.nothing()",
        "$.a[99999999999999999999]",
        "$.a[?(@.b == 1]", "$.a]", "$.a..[", "@.a", "$.a[?(1)]", "$.a[?(@.b =~ 'x')]", "$.a[?(@.b =~ /(/)]",
        "$.a[?(@.b =~ /x)]",
    ])
    func `text that is no path is refused with the place`(path: String) {
        let error = #expect(throws: JSONPathError.self) { try JSONPath(path) }
        #expect(error?.message.hasPrefix("Invalid path '\(path)': ") == true)
        #expect(error?.message.contains(" at position ") == true)
    }

    @Test(arguments: [
        ("$[?", "("), ("$[?(", "!"), ("$", "[?(@.a"), ("$[?(@.a in ", "["), ("$[?(", "@.a && "), ("$", ".a"),
    ])
    func `a path nested without end is an error`(start: String, part: String) {
        #expect(throws: JSONPathError.self) { try JSONPath(start + String(repeating: part, count: 100_000)) }
    }

    @Test(arguments: [
        ("$", true), ("$.a.b", true), ("$['a b'][0]", true), ("$.a[-1]", false), ("$.a[*]", false), ("$..a", false),
        ("$.a[0:1]", false), ("$['a','b']", false), ("$.a.length()", false), ("$.a[?(@.b)]", false),
    ])
    func `only names and places make a reference`(path: String, isReference: Bool) throws {
        #expect(try JSONPath(path).isReference == isReference)
    }

    private func expectValue(of path: String, _ expected: String) throws {
        #expect(try JSONPath(path).value(in: JSON(parsing: Self.shop)) == JSON(parsing: expected))
    }
}
