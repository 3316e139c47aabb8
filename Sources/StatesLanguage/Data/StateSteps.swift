package import JSON

/// What a state's result became on its way out.
package struct StateOutput: Hashable, Sendable {
    package var afterResultSelector: JSON?
    package var afterResultPath: JSON?
    package var output: JSON
    package var assigned: JSONObject?
}

extension EvaluationScope {
    /// What goes to the task or the branches: `Parameters`, or `Arguments`, or the input itself.
    ///
    /// - Parameter effective: the input after `InputPath`.
    package func arguments(of state: StateDefinition, effective: JSON) throws(StateFailure) -> JSON {
        guard let template = state.parameters else { return effective }
        switch language {
        case .jsonPath: return try fill(template, with: effective, field: "Parameters")
        case .jsonata: return try evaluate(template, with: StatesObject(), field: "Arguments")
        }
    }

    /// The way out of a state that has a result: `ResultSelector`, `ResultPath`, `OutputPath`; `Output`; `Assign`.
    ///
    /// - Parameter isTold: the result came from outside, so that `$states.result` is it.
    package func output(
        of state: StateDefinition, result: JSON, isTold: Bool = true
    ) throws(StateFailure) -> StateOutput {
        if language == .jsonata {
            let states = StatesObject(result: isTold ? result : nil)
            return try evaluated(state.output, state.assign, with: states, otherwise: isTold ? result : input)
        }
        var selected = result
        if let template = state.resultSelector {
            selected = try fill(template, with: result, field: "ResultSelector")
        }
        let placed = try place(selected, state.resultPath)
        let assigned = try state.assign.map { template throws(StateFailure) in
            try fill(template, with: selected, field: "Assign")
        }
        return StateOutput(
            afterResultSelector: selected, afterResultPath: placed, output: try apply(state.outputPath, to: placed),
            assigned: assigned?.object)
    }

    /// The way out of a state that has no result: Wait, Succeed, Choice.
    ///
    /// - Parameters:
    ///   - effective: the input after `InputPath`.
    ///   - output: `Output` of the state or of the rule that was chosen.
    ///   - assign: `Assign` likewise.
    ///   - prefix: goes before their names in messages: `Choices[1]/`.
    package func output(
        of state: StateDefinition, effective: JSON, output: PayloadTemplate?, assign: PayloadTemplate?,
        prefix: String = ""
    ) throws(StateFailure) -> StateOutput {
        if language == .jsonata {
            return try evaluated(output, assign, with: StatesObject(), otherwise: input, prefix: prefix)
        }
        let assigned = try assign.map { template throws(StateFailure) in
            try fill(template, with: effective, field: "Assign")
        }
        return StateOutput(output: try apply(state.outputPath, to: effective), assigned: assigned?.object)
    }

    /// The way out through a catcher.
    ///
    /// - Parameter index: its place in `Catch`.
    package func caught(_ catcher: Catcher, at index: Int, errorOutput: JSON) throws(StateFailure) -> StateOutput {
        if language == .jsonata {
            return try evaluated(
                catcher.output, catcher.assign, with: StatesObject(errorOutput: errorOutput), otherwise: errorOutput,
                prefix: "Catch[\(index)]/")
        }
        let assigned = try catcher.assign.map { template throws(StateFailure) in
            try fill(template, with: errorOutput, field: "Assign")
        }
        return StateOutput(output: try place(errorOutput, catcher.resultPath), assigned: assigned?.object)
    }

    private func evaluated(
        _ output: PayloadTemplate?, _ assign: PayloadTemplate?, with states: StatesObject, otherwise: JSON,
        prefix: String = ""
    ) throws(StateFailure) -> StateOutput {
        let assigned = try assign.map { template throws(StateFailure) in
            try evaluate(template, with: states, field: prefix + "Assign")
        }
        let value = try output.map { template throws(StateFailure) in
            try evaluate(template, with: states, field: prefix + "Output")
        }
        return StateOutput(output: value ?? otherwise, assigned: assigned?.object)
    }

    private func place(_ result: JSON, _ path: ResultPathField) throws(StateFailure) -> JSON {
        switch path {
        case .whole: return result
        case .discard: return input
        case .unreadable(let text): throw .runtime("Invalid path '\(text)'")
        case .path(let path):
            do throws(JSONPathError) {
                return try path.inserting(result, into: input)
            } catch {
                throw StateFailure(
                    StatesError.resultPathMatchFailure,
                    "Unable to apply step \"\(path.text.dropFirst(2))\" to input \(input.text)", origin: .processing)
            }
        }
    }
}
