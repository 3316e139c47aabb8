package import JSON

/// One state tried on its own: `TestState`.
///
/// A task that is not mocked is for the caller to run: ``start()`` tells which, ``finish(_:)`` takes what came of it.
package struct StateTest {
    let request: StateTestRequest
    let state: StateDefinition
    let input: JSON
    let scope: EvaluationScope
    let mockedResult: JSON?
    var inspection = JSONObject()

    package enum Step: Sendable {
        case done(StateTestReport)
        /// The resource with the effective parameters.
        case task(TaskResource, parameters: JSON)
    }

    /// - Throws: what is wrong with the request.
    package init(_ request: StateTestRequest) throws(StateTestError) {
        self.request = request
        state = try Self.state(of: request)
        input = try Self.json(request.input ?? "{}")
        mockedResult = try Self.mockedResult(of: request, for: state)
        let context: JSON
        if let text = request.context {
            context = try StateTestContext.given(text, for: state)
        } else {
            context = StateTestContext.made(for: request, state: state, input: input)
        }
        scope = EvaluationScope(
            language: state.queryLanguage, input: input, variables: try Self.variables(of: request), context: context,
            now: request.now, random: SeededGenerator(seed: request.seed))
        try checkIterations()
    }

    package mutating func start() -> Step {
        inspect("input", input)
        do throws(StateFailure) {
            return try run()
        } catch {
            return .done(failed(error))
        }
    }

    package mutating func finish(_ result: Result<JSON, TaskFailure>) -> StateTestReport {
        switch result {
        case .success(let output): return succeeded(with: output)
        case .failure(let failure): return failed(StateFailure(failure.error, failure.cause, origin: .told))
        }
    }

    mutating func inspect(_ name: String, _ value: JSON?) {
        if let value { inspection[name] = .string(value.text) }
    }

    /// The input after `InputPath`.
    mutating func effectiveInput() throws(StateFailure) -> JSON {
        guard scope.language == .jsonPath else { return input }
        let effective = try scope.apply(state.inputPath, to: input)
        inspect("afterInputPath", effective)
        return effective
    }

    private mutating func run() throws(StateFailure) -> Step {
        switch state.body {
        case .task(let task): return try runTask(task)
        case .pass(let result): return .done(try pass(result))
        case .choice(let choice): return .done(try choose(choice))
        case .wait(let wait):
            let effective = try effectiveInput()
            _ = try scope.end(of: wait, effective, entered: request.now)
            return .done(try leave(effective, next: state.next))
        case .succeed: return .done(try leave(try effectiveInput(), next: nil))
        case .fail(let error, let cause):
            _ = try effectiveInput()
            throw try scope.failure(error: error, cause: cause)
        case .parallel: return .done(try runParallel())
        case .map(let map): return .done(try runMap(map))
        }
    }

    private mutating func runTask(_ task: TaskDefinition) throws(StateFailure) -> Step {
        let effective = try effectiveInput()
        let parameters = try scope.arguments(of: state, effective: effective)
        inspect(scope.language == .jsonata ? "afterArguments" : "afterParameters", parameters)
        if let timeout = task.timeout { _ = try scope.count(timeout, "TimeoutSeconds", in: effective) }
        if let heartbeat = task.heartbeat { _ = try scope.count(heartbeat, "HeartbeatSeconds", in: effective) }
        if let error = request.mock?.error { return .done(finish(.failure(error))) }
        if let result = mockedResult { return .done(finish(.success(result))) }
        return .task(task.resource, parameters: parameters)
    }

    private mutating func pass(_ result: JSON?) throws(StateFailure) -> StateTestReport {
        if scope.language == .jsonata { return try leave(input, next: state.next) }
        let output: StateOutput
        if let result {
            output = try scope.output(of: state, result: result)
            inspect("result", result)
        } else {
            let arguments = try scope.arguments(of: state, effective: try effectiveInput())
            inspect("afterParameters", arguments)
            output = try scope.output(of: state, result: arguments)
        }
        return report(output, next: state.next)
    }

    private mutating func choose(_ choice: ChoiceDefinition) throws(StateFailure) -> StateTestReport {
        let effective = try effectiveInput()
        var rule: ChoiceRule?
        var prefix = ""
        for (place, candidate) in choice.rules.enumerated()
        where try scope.isMatch(candidate.condition, effective, rule: place) {
            rule = candidate
            prefix = "Choices[\(place)]/"
            break
        }
        guard let next = rule?.next ?? choice.defaultNext else { throw .noChoice }
        let output = try scope.output(
            of: state, effective: effective, output: rule == nil ? state.output : rule?.output,
            assign: rule == nil ? state.assign : rule?.assign, prefix: prefix)
        return report(output, next: next)
    }

    /// Out of a state that has no result.
    private mutating func leave(_ effective: JSON, next: String?) throws(StateFailure) -> StateTestReport {
        report(
            try scope.output(of: state, effective: effective, output: state.output, assign: state.assign), next: next)
    }

    /// Out of a Task, Parallel or Map state.
    mutating func succeeded(with result: JSON) -> StateTestReport {
        if state.type == .task { inspect("result", result) }
        do throws(StateFailure) {
            return report(try scope.output(of: state, result: result), next: state.next)
        } catch {
            return failed(error)
        }
    }

    mutating func report(_ output: StateOutput, next: String?) -> StateTestReport {
        inspect("afterResultSelector", output.afterResultSelector)
        inspect("afterResultPath", output.afterResultPath)
        inspectVariables(output.assigned)
        return StateTestReport(status: .succeeded, output: output.output, nextState: next, inspection: shownInspection)
    }

    mutating func inspectVariables(_ assigned: JSONObject?) {
        var variables = scope.variables
        for (name, value) in assigned ?? JSONObject() { variables[name] = value }
        guard !variables.isEmpty else { return }
        var object = JSONObject()
        for name in variables.keys.sorted() { object[name] = variables[name] }
        inspect("variables", .object(object))
    }

    var shownInspection: JSONObject? { request.level == .info ? nil : inspection }
}
