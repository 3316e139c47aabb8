import JSON
import JSONata

/// Answers expressions: reads `{id, expr, data, bindings}`, writes `{id, result}`, `{id, undefined}` or `{id, error}`, a line each.
@main
struct Lines {
    static func main() {
        while let line = readLine() {
            guard let request = try? JSON(parsing: line) else { continue }
            print(answer(request).text)
        }
    }

    private static func answer(_ request: JSON) -> JSON {
        var answer = JSON.object(JSONObject())
        answer["id"] = request["id"]
        do throws(JSONataError) {
            var bindings: [String: JSON] = [:]
            for (name, value) in request["bindings"]?.object ?? JSONObject() { bindings[name] = value }
            let environment = JSONataEnvironment(now: 1_500_000_000_000, seed: 1, dialect: .standard)
            let expression = try JSONataExpression(request["expr"]?.string ?? "")
            let result = try expression.evaluate(request["data"], bindings: bindings, in: environment)
            answer[result == nil ? "undefined" : "result"] = result ?? true
        } catch {
            answer["error"] = ["code": .string(error.code), "message": .string(error.message)]
        }
        return answer
    }
}
