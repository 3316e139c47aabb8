import JSON
import Telemetry

extension StateInspection {
    package init(_ subject: InspectionSubject) {
        var inspector = StateInspector(subject)
        inspector.inspect()
        self = inspector.found
    }
}

/// Walks through a state as ``Execution`` does.
struct StateInspector {
    private let subject: InspectionSubject
    private let scope: EvaluationScope
    private(set) var found = StateInspection()

    private var state: StateDefinition { subject.state }

    init(_ subject: InspectionSubject) {
        self.subject = subject
        scope = EvaluationScope(
            language: subject.state.queryLanguage, input: subject.input, variables: subject.variables,
            context: subject.context, now: subject.now, random: SeededGenerator(seed: subject.seed))
    }

    mutating func inspect() {
        add(.input, subject.input)
        do throws(StateFailure) {
            try walk()
        } catch {
            fail(error)
        }
    }

    private mutating func add(_ kind: StateInspection.Step.Kind, _ value: JSON?) {
        guard let value else { return }
        found.steps.append(StateInspection.Step(kind: kind, value: value))
    }

    private mutating func add(_ output: StateOutput) {
        add(.afterResultSelector, output.afterResultSelector)
        add(.afterResultPath, output.afterResultPath)
        if let assigned = output.assigned, !assigned.isEmpty { add(.assigned, .object(assigned)) }
        add(.output, output.output)
    }

    private mutating func walk() throws(StateFailure) {
        let effective = try scope.apply(state.inputPath, to: subject.input)
        if scope.language == .jsonPath { add(.afterInputPath, effective) }
        switch state.body {
        case .pass(let result): try pass(effective, result)
        case .choice(let choice): try choose(effective, choice)
        case .wait(let wait):
            _ = try scope.end(of: wait, effective, entered: subject.now)
            try leave(effective)
        case .succeed: try leave(effective)
        case .fail(let error, let cause): throw try scope.failure(error: error, cause: cause)
        case .task, .parallel:
            try arguments(effective)
            try leaveWithResult()
        case .map(let map):
            try items(effective, map)
            try leaveWithResult()
        }
    }

    private mutating func pass(_ effective: JSON, _ result: JSON?) throws(StateFailure) {
        found.next = state.next
        if scope.language == .jsonata {
            add(try scope.output(of: state, effective: subject.input, output: state.output, assign: state.assign))
            return
        }
        let parameters = try arguments(effective)
        add(.result, result)
        add(try scope.output(of: state, result: result ?? parameters))
    }

    @discardableResult
    private mutating func arguments(_ effective: JSON) throws(StateFailure) -> JSON {
        let arguments = try scope.arguments(of: state, effective: effective)
        add(scope.language == .jsonPath ? .afterParameters : .afterArguments, arguments)
        return arguments
    }

    private mutating func leave(_ effective: JSON) throws(StateFailure) {
        found.next = state.next
        add(try scope.output(of: state, effective: effective, output: state.output, assign: state.assign))
    }

    private mutating func leaveWithResult() throws(StateFailure) {
        switch subject.told {
        case .nothing: break
        case .result(let result):
            add(.result, result)
            add(try scope.output(of: state, result: result))
            found.next = state.next
        case .failure(let failure): throw StateFailure(failure.error, failure.cause, origin: .told)
        }
    }

    private mutating func items(_ effective: JSON, _ map: MapDefinition) throws(StateFailure) {
        guard map.itemReader == nil else { return }
        let items = try scope.items(of: map, effective: effective)
        add(scope.language == .jsonPath ? .afterItemsPath : .afterItems, .array(items))
        guard let selector = map.itemSelector else { return }
        var inputs: [JSON] = []
        for (index, item) in items.enumerated() {
            var context = subject.context
            context["Map"] = MapDefinition.context(index: index, value: item)
            let scope = EvaluationScope(
                language: scope.language, input: subject.input, variables: subject.variables, context: context,
                now: subject.now, random: SeededGenerator(seed: subject.seed &+ UInt64(index)))
            inputs.append(try scope.itemInput(selector, effective: effective))
        }
        add(.afterItemSelector, .array(inputs))
    }

    private mutating func choose(_ effective: JSON, _ choice: ChoiceDefinition) throws(StateFailure) {
        for (index, rule) in choice.rules.enumerated() {
            var observations: [ChoiceObservation] = []
            let isMatch = try scope.isMatch(rule.condition, effective, rule: index) { observations.append($0) }
            found.rules.append(
                StateInspection.RuleEvaluation(
                    index: index, next: rule.next, isMatch: isMatch, observations: observations))
            guard isMatch else { continue }
            found.matchedRule = index
            found.next = rule.next
            add(
                try scope.output(
                    of: state, effective: effective, output: rule.output, assign: rule.assign,
                    prefix: "Choices[\(index)]/"))
            return
        }
        guard let next = choice.defaultNext else { throw .noChoice }
        found.next = next
        add(try scope.output(of: state, effective: effective, output: state.output, assign: state.assign))
    }

    private mutating func fail(_ failure: StateFailure) {
        found.failure = failure
        found.next = nil
        if let index = state.retriers.firstIndex(where: { failure.isNamed($0.errors) }) {
            let retrier = state.retriers[index]
            let used = subject.attempts.indices.contains(index) ? subject.attempts[index] : 0
            if used < retrier.maxAttempts {
                found.handling = .retried(index: index, pause: retrier.pause(after: used, jitter: 1))
                return
            }
        }
        guard let index = state.catchers.firstIndex(where: { failure.isNamed($0.errors) }) else { return }
        catches(failure, state.catchers[index], index)
    }

    private mutating func catches(_ failure: StateFailure, _ catcher: Catcher, _ index: Int) {
        let errorOutput: JSON = ["Error": .string(failure.error ?? ""), "Cause": .string(failure.detail ?? "")]
        add(.errorOutput, errorOutput)
        do throws(StateFailure) {
            add(try scope.caught(catcher, at: index, errorOutput: errorOutput))
            found.handling = .caught(index: index)
            found.next = catcher.next
        } catch {
            found.failure = error
        }
    }
}
