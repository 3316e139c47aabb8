import JSON
import JSONata
import StatesLanguage
import Telemetry

/// Gives inputs to what is fuzzed. It must come back, whatever it says.
enum Trial {
    static let document: JSON = [
        "a": ["b": ["c": 1], "x": "y"], "b": 2, "n": 3, "text": "{\"k\":[1]}", "three": nil,
        "items": [["name": "p", "price": 12, "tags": ["a", "b"]], ["name": "q", "price": 3], 4, "five"],
    ]

    static func path(_ text: String) -> Bool {
        _ = try? DataReference(text)
        guard let path = try? JSONPath(text) else { return false }
        _ = path.value(in: document)
        if path.isReference { _ = try? path.inserting("x", into: document) }
        return true
    }

    static func intrinsic(_ text: String, _ random: inout FuzzRandom) -> Bool {
        guard let call = try? IntrinsicExpression(text) else { return false }
        let word = random.next()
        _ = try? call.evaluate(input: document, context: ["E": 1], variables: ["x": 1], random: { word })
        return true
    }

    static func expression(_ text: String) -> Bool {
        guard let expression = try? JSONataExpression(text) else { return false }
        _ = expression.freeVariables
        var environment = JSONataEnvironment(now: 0, seed: 1)
        environment.depthLimit = 200
        environment.stepLimit = 50_000
        _ = try? expression.evaluate(document, bindings: ["states": ["input": document]], in: environment)
        return true
    }

    /// Validates; what is valid is run.
    static func definition(_ text: String, _ random: inout FuzzRandom) -> Bool {
        let type = random.once(in: 4) ? "EXPRESS" : "STANDARD"
        let findings = DefinitionValidator.diagnostics(of: text, type: type)
        _ = DefinitionValidator.invalidDefinitionMessage(findings, in: text)
        guard let source = try? JSON(parsing: text) else { return false }
        let definition = StateMachineDefinition(source)
        guard !findings.contains(where: { $0.severity == .error }) else { return false }
        var world = FakeWorld(random)
        world.run(definition, isExpress: type == "EXPRESS")
        random = world.random
        test(source, definition)
        return true
    }

    /// The first states, each on its own.
    private static func test(_ source: JSON, _ definition: StateMachineDefinition) {
        for state in definition.states.prefix(3) {
            var request = StateTestRequest(
                definition: source.text, region: "us-east-1", account: "123456789012",
                now: Timestamp(microseconds: 0), seed: 1)
            request.stateName = state.name
            request.input = document.text
            request.level = .trace
            if [.task, .map, .parallel].contains(state.type) { request.mock = .init(result: "[1]", error: nil) }
            guard var test = try? StateTest(request) else { continue }
            _ = test.start()
        }
    }
}
