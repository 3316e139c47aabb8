package import JSON

extension StateMachineGraph {
    /// How often each state that is retried is tried at most, the first time included.
    package static func attempts(in definition: JSON) -> [String: Int] {
        var attempts: [String: Int] = [:]
        var flows = [definition]
        while let flow = flows.popLast() {
            for (name, state) in flow["States"]?.object ?? JSONObject() {
                flows += state["Branches"]?.array ?? []
                if let processor = state["ItemProcessor"] ?? state["Iterator"] { flows.append(processor) }
                let most = (state["Retry"]?.array ?? []).map { min($0["MaxAttempts"]?.int ?? 3, 99_999_999) }.max()
                if let most { attempts[name] = most + 1 }
            }
        }
        return attempts
    }
}
