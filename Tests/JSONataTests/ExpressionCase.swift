import JSON
import JSONata
import Testing

/// An expression and what it must give for some data: JSON text, `undefined`, or `!` and the code of an error.
struct ExpressionCase: Sendable, CustomTestStringConvertible {
    let expression: String
    let data: String
    let expected: String
    let dialect: JSONataEnvironment.Dialect

    init(
        _ expression: String, _ expected: String, on data: String = shop,
        dialect: JSONataEnvironment.Dialect = .standard
    ) {
        self.expression = expression
        self.expected = expected
        self.data = data
        self.dialect = dialect
    }

    var testDescription: String { expression }

    static let shop = """
        {"name":"Corner","open":true,"none":null,"empty":[],"tags":["a","b","c"],"grid":[[1,2],[3]],
         "stock":[{"sku":"p1","kind":"pen","price":2.5,"count":4,"sizes":[1,2]},
                  {"sku":"p2","kind":"pen","price":1,"count":10,"sizes":[3]},
                  {"sku":"c1","kind":"cup","price":7,"count":0}],
         "owner":{"first":"Ada","last":"Low","address":{"city":"Bern","zip":"3000"}}}
        """

    func check() throws {
        #expect(try outcome() == wanted())
    }

    /// As JSON text with sorted keys, so that order is free.
    private func wanted() throws -> String {
        expected.hasPrefix("!") || expected == "undefined" ? expected : Self.canonical(try JSON(parsing: expected))
    }

    private func outcome() throws -> String {
        let environment = JSONataEnvironment(now: 1_600_000_000_000, seed: 7, dialect: dialect)
        do {
            let result = try JSONataExpression(expression).evaluate(try JSON(parsing: data), in: environment)
            return result.map(Self.canonical) ?? "undefined"
        } catch let error as JSONataError {
            return "!" + error.code
        }
    }

    private static func canonical(_ json: JSON) -> String {
        switch json {
        case .array(let values): return "[" + values.map(canonical).joined(separator: ",") + "]"
        case .object(let object):
            let members = object.sorted { $0.0 < $1.0 }.map { JSON.string($0.0).text + ":" + canonical($0.1) }
            return "{" + members.joined(separator: ",") + "}"
        default: return json.text
        }
    }
}
