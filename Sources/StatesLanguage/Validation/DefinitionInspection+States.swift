import JSON

extension DefinitionInspection {
    mutating func checkStates(_ value: JSON, at spot: Spot) {
        guard let states = value.object else { return expected("Object", at: spot) }
        guard !states.isEmpty else { return schema("Value cannot be empty", at: spot) }
        guard spot.level < StateFlow.deepest else {
            let message = "States are nested more than \(StateFlow.deepest) deep"
            return add(DefinitionDiagnostic(.error, "TOO_DEEPLY_NESTED", message, at: spot.location))
        }
        for (name, state) in states { checkState(name, state, at: spot[name]) }
    }

    private mutating func checkState(_ name: String, _ value: JSON, at spot: Spot) {
        checkName(name, at: spot)
        guard let state = value.object else { return expected("Object", at: spot) }
        guard let type = state["Type"] else { return schema("These fields are required: [Type]", at: spot) }
        guard let text = type.string, let stateType = StateType(rawValue: text), let rule = StateRules.states[stateType]
        else { return checkWord(type, among: StateType.allCases.map(\.rawValue), at: spot["Type"]) }
        var inner = spot
        inner.stateType = stateType
        let language = Self.language(of: state)
        inner.language = language ?? machineLanguage
        if machineLanguage == .jsonata, language == .jsonPath {
            inner.isDowngraded = true
            schema("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", at: spot)
        }
        check(state, by: rule, at: inner)
        if stateType == .map { checkDistribution(of: state, at: inner) }
        if stateType == .task { checkActivity(state, at: inner) }
        if stateType == .pass, inner.language == .jsonPath { checkResult(of: state, at: inner) }
    }

    private mutating func checkName(_ name: String, at spot: Spot) {
        if name.unicodeScalars.count > 80 {
            let message = "State name '\(name)' exceeds the 80-character limit allowed by the service"
            add(DefinitionDiagnostic(.error, "INVALID_STATE_NAME", message, at: spot.location))
        }
        guard !isNew(state: name) else { return }
        add(DefinitionDiagnostic(.error, "DUPLICATE_STATE_NAME", "Duplicate State name: \(name)", at: spot.location))
    }

    private mutating func checkResult(of state: JSONObject, at spot: Spot) {
        guard let result = state["Result"]?.object, result.keys.contains(where: { $0.hasSuffix(".$") }) else { return }
        let message = "The result of a Pass state is static: paths in it are not replaced"
        add(DefinitionDiagnostic(.warning, "PASS_RESULT_IS_STATIC", message, at: spot["Result"].location))
    }
}
