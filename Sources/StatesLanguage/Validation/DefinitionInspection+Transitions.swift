import JSON

extension DefinitionInspection {
    /// Where states lead to: places that there are not, and states that none leads to.
    ///
    /// - Parameters:
    ///   - flow: what has `StartAt` and `States`.
    ///   - spot: of the flow.
    ///   - isOutermost: the machine itself, which must have an end; a branch may go round and round.
    mutating func checkTransitions(of flow: JSONObject, at spot: Spot, isOutermost: Bool) {
        guard let states = flow["States"]?.object, let start = flow["StartAt"]?.string else { return }
        let places = Set(states.keys)
        if !places.contains(start) { missing(start, at: spot["StartAt"]) }
        let inner = spot["States"]
        var targets: [String: [String]] = [:]
        for (name, state) in states {
            var found: [String] = []
            for (target, location) in Self.transitions(of: state, at: inner[name]) {
                if !places.contains(target) { missing(target, at: location) }
                found.append(target)
            }
            targets[name] = found
        }
        guard states.values.allSatisfy(Self.isReadable) else { return }
        if isOutermost, !states.isEmpty, !Self.hasEnd(states) {
            return add(DefinitionDiagnostic(.error, "MISSING_END_STATE", "Workflow has no terminal state"))
        }
        var reached: Set<String> = []
        var next = [start]
        while let name = next.popLast() {
            guard reached.insert(name).inserted else { continue }
            next += targets[name] ?? []
        }
        for name in states.keys where !reached.contains(name) {
            let message = "State \"\(name)\" is not reachable."
            add(DefinitionDiagnostic(.error, "MISSING_TRANSITION_TARGET", message, at: inner[name].location))
        }
    }

    private mutating func missing(_ target: String, at spot: Spot) {
        let message = "Missing 'Next' target: \(target)"
        add(DefinitionDiagnostic(.error, "MISSING_TRANSITION_TARGET", message, at: spot.location))
    }

    private static func transitions(of state: JSON, at spot: Spot) -> [(target: String, spot: Spot)] {
        var found: [(target: String, spot: Spot)] = []
        func add(_ value: JSON?, _ spot: Spot) {
            if let target = value?.string { found.append((target, spot)) }
        }
        add(state["Next"], spot["Next"])
        for list in ["Choices", "Catch"] {
            for (index, entry) in (state[list]?.array ?? []).enumerated() {
                add(entry["Next"], spot[list][index]["Next"])
            }
        }
        add(state["Default"], spot["Default"])
        return found
    }

    /// Whether it can be known where the state leads to.
    private static func isReadable(_ state: JSON) -> Bool {
        guard let type = state["Type"]?.string.flatMap(StateType.init(rawValue:)) else { return false }
        switch type {
        case .succeed, .fail: return true
        case .choice: return state["Choices"]?.array != nil
        default: return state["Next"]?.string != nil || state["End"]?.bool == true
        }
    }

    private static func hasEnd(_ states: JSONObject) -> Bool {
        states.values.contains { state in
            state["End"]?.bool == true || ["Succeed", "Fail"].contains(state["Type"]?.string ?? "")
        }
    }
}
