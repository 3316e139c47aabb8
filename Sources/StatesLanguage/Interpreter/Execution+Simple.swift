import JSON
import Telemetry

/// Pass, Choice, Wait, Succeed and Fail.
extension Execution {
    mutating func pass(_ id: Int, _ state: StateDefinition, _ result: JSON?) throws(StateFailure) {
        if state.passesInput {
            try exit(id, strands[id].input, by: state.transition)
            return
        }
        let scope = scope(id)
        defer { finish(scope) }
        let output: StateOutput
        if scope.language == .jsonata {
            output = try scope.output(of: state, effective: scope.input, output: state.output, assign: state.assign)
        } else {
            let effective = try scope.apply(state.inputPath, to: scope.input)
            let arguments = try scope.arguments(of: state, effective: effective)
            output = try scope.output(of: state, result: result ?? arguments)
        }
        finish(scope)
        try exit(id, output, by: state.transition)
    }

    mutating func choose(_ id: Int, _ state: StateDefinition, _ choice: ChoiceDefinition) throws(StateFailure) {
        let scope = scope(id)
        defer { finish(scope) }
        let effective = try scope.apply(state.inputPath, to: scope.input)
        var rule: ChoiceRule?
        var prefix = ""
        for (place, candidate) in choice.rules.enumerated()
        where try scope.isMatch(candidate.condition, effective, rule: place) {
            rule = candidate
            prefix = "Choices[\(place)]/"
            break
        }
        guard let transition = rule?.transition ?? choice.defaultTransition else { throw .noChoice }
        let assign = rule == nil ? state.assign : rule?.assign
        let template = rule == nil ? state.output : rule?.output
        if state.outputPath == .whole, state.inputPath == .whole, assign == nil, template == nil {
            finish(scope)
            try exit(id, strands[id].input, by: transition)
            return
        }
        let output = try scope.output(of: state, effective: effective, output: template, assign: assign, prefix: prefix)
        finish(scope)
        try exit(id, output, by: transition)
    }

    mutating func startWaiting(_ id: Int, _ state: StateDefinition, _ wait: WaitDefinition) throws(StateFailure) {
        let scope = scope(id)
        defer { finish(scope) }
        let effective = try scope.apply(state.inputPath, to: scope.input)
        let end = try scope.end(of: wait, effective, entered: now)
        finish(scope)
        guard end > now else {
            try leaveSimple(id, state)
            return
        }
        strands[id].phase = .waiting(timer: startTimer(.strand(id), at: end))
    }

    /// Out of a Wait or Succeed state.
    mutating func leaveSimple(_ id: Int, _ state: StateDefinition) throws(StateFailure) {
        if state.passesInput {
            try exit(id, strands[id].input, by: state.transition)
            return
        }
        let scope = scope(id)
        defer { finish(scope) }
        let effective = try scope.apply(state.inputPath, to: scope.input)
        let output = try scope.output(of: state, effective: effective, output: state.output, assign: state.assign)
        finish(scope)
        try exit(id, output, by: state.transition)
    }

    mutating func succeed(_ id: Int, _ state: StateDefinition) throws(StateFailure) {
        try leaveSimple(id, state)
    }

    mutating func raise(
        _ id: Int, _ state: StateDefinition, _ error: PayloadTemplate?, _ cause: PayloadTemplate?
    ) throws(StateFailure) {
        let scope = scope(id)
        defer { finish(scope) }
        throw try scope.failure(error: error, cause: cause)
    }
}

extension EvaluationScope {
    /// What a Fail state raises.
    package func failure(
        error: PayloadTemplate?, cause: PayloadTemplate?
    ) throws(StateFailure) -> StateFailure {
        StateFailure(try text(error, "Error"), try text(cause, "Cause"), origin: .told)
    }

    private func text(_ template: PayloadTemplate?, _ name: String) throws(StateFailure) -> String? {
        guard let template else { return nil }
        let value = try field(template, name, in: input)
        if language == .jsonata { return try typed(value, "string", of: template, name).string }
        guard let text = value.string else {
            throw .runtime(
                "The \(name)Path field refers to value \"\(value.text)\" which is not a string: \(template.text)")
        }
        return text
    }
}

extension StateFailure {
    /// The language's specification calls this `States.NoChoiceMatched`; the service reports it so.
    static var noChoice: StateFailure {
        .runtime("Failed to transition out of the state. The state does not point to a next state.")
    }
}
