import JSON
import JSONata
import StatesLanguage
import Telemetry

/// What the states language costs: transitions, long histories, expressions.
enum StatesBench {
    static func rows() throws -> [Row] {
        [
            Row(name: "pass-chain-jsonpath", value: try chain(language: "JSONPath")),
            Row(name: "pass-chain-jsonata", value: try chain(language: "JSONata")),
            Row(name: "pass-loop", value: try loop()),
        ] + (try expressions())
    }

    /// Milliseconds of an execution of 25 Pass states, the median of many.
    private static func chain(language: String) throws -> Double {
        let count = 25
        var states = JSONObject()
        for number in 0..<count {
            var state: JSON = ["Type": "Pass"]
            if language == "JSONata" {
                state["Output"] = ["n": "{% $states.input.n + 1 %}", "order": "{% $states.input.order %}"]
            } else {
                state["Parameters"] = ["n.$": "States.MathAdd($.n, 1)", "order.$": "$.order"]
            }
            if number + 1 < count { state["Next"] = .string("S\(number + 1)") } else { state["End"] = true }
            states["S\(number)"] = state
        }
        let source: JSON = ["QueryLanguage": .string(language), "StartAt": "S0", "States": .object(states)]
        let definition = StateMachineDefinition(source)
        var times: [Double] = []
        for round in 0..<2000 {
            var outcome: ExecutionOutcome?
            times.append(
                ContinuousClock().measure {
                    outcome = run(definition, input: ["n": 0, "order": ["id": "o-1842"]], seed: UInt64(round))
                }.milliseconds)
            guard outcome?.output?["n"]?.int == count else {
                throw BenchError(description: "the chain of Pass states ended with \(String(describing: outcome))")
            }
        }
        return times.median
    }

    /// States a second of a loop of Pass and Choice, up to the quota of events.
    private static func loop() throws -> Double {
        let source: JSON = [
            "StartAt": "A",
            "States": ["A": ["Type": "Pass", "Next": "B"], "B": ["Type": "Pass", "Next": "A"]],
        ]
        let definition = StateMachineDefinition(source)
        var states = 0
        var outcome: ExecutionOutcome?
        let time = ContinuousClock().measure {
            for seed in 0..<4 {
                var execution = execution(definition, input: ["order": "o-1842"], seed: UInt64(seed))
                outcome = finish(&execution)
                states += execution.history.count / 2
            }
        }
        guard outcome?.status == .failed else {
            throw BenchError(description: "the endless loop ended with \(String(describing: outcome))")
        }
        return Double(states) / (time / .seconds(1))
    }

    private static func run(_ definition: StateMachineDefinition, input: JSON, seed: UInt64) -> ExecutionOutcome? {
        var execution = execution(definition, input: input, seed: seed)
        return finish(&execution)
    }

    private static func execution(_ definition: StateMachineDefinition, input: JSON, seed: UInt64) -> Execution {
        let machine = "arn:aws:states:us-east-1:000000000000:stateMachine:bench"
        let identity = ExecutionIdentity(
            arn: "arn:aws:states:us-east-1:000000000000:execution:bench:e", name: "e",
            roleARN: "arn:aws:iam::000000000000:role/r", started: .now(), machineARN: machine, machineName: "bench")
        return Execution(definition: definition, identity: identity, input: input, seed: seed)
    }

    private static func finish(_ execution: inout Execution) -> ExecutionOutcome? {
        var stimulus = Stimulus.start
        while true {
            var mustResume = false
            for action in execution.handle(stimulus, at: .now()) {
                if case .end(let outcome) = action { return outcome }
                if case .yield = action { mustResume = true }
            }
            guard mustResume else { return nil }
            stimulus = .resume
        }
    }

    /// Evaluations a second of each expression; the same ones that the reference implementation is given.
    private static func expressions() throws -> [Row] {
        let order = try JSON(parsing: Array(ExpressionSamples.order.utf8))
        return try ExpressionSamples.all.map { name, text in
            let expression = try JSONataExpression(text)
            var count = 0
            let time = try ContinuousClock().measure {
                while count < 20_000 {
                    let environment = JSONataEnvironment(now: 0, seed: 1, dialect: .standard)
                    guard try expression.evaluate(order, in: environment) != nil else {
                        throw BenchError(description: "\(name) gave nothing")
                    }
                    count += 1
                }
            }
            return Row(name: "jsonata-\(name)", value: Double(count) / (time / .seconds(1)))
        }
    }
}
