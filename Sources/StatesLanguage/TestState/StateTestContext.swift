import JSON

/// The context object of a test.
enum StateTestContext {
    /// What a client may give.
    private static let members: [String: Set<String>] = [
        "Execution": ["Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"],
        "State": ["EnteredTime", "Name", "RetryCount"], "StateMachine": ["Id", "Name"], "Task": ["Token"],
        "Map": ["Item"],
    ]

    static func given(_ text: String, for state: StateDefinition) throws(StateTestError) -> JSON {
        guard let context = (try? JSON(parsing: text))?.object else {
            throw .invalid("Invalid Context object provided: it must be a JSON object")
        }
        for (name, value) in context {
            guard let allowed = members[name] else { throw notAllowed(name) }
            guard let object = value.object else {
                throw .invalid("Invalid Context object provided: Field '\(name)' must be an object")
            }
            for key in object.keys where !allowed.contains(key) { throw notAllowed(key) }
        }
        if context["Task"] != nil, !state.waits {
            throw .invalid(
                "Invalid Context object provided: Context object contains 'Task' when state is not a Task state with a "
                    + "'.sync' or '.waitForTaskToken' service integration pattern")
        }
        return .object(context)
    }

    private static func notAllowed(_ name: String) -> StateTestError {
        .invalid("Invalid Context object provided: Field '\(name)' is not allowed")
    }

    static func made(for request: StateTestRequest, state: StateDefinition, input: JSON) -> JSON {
        var random = SeededGenerator(seed: request.seed)
        let name = identifier(&random)
        let machine = identifier(&random)
        let arn = "arn:aws:states:\(request.region):\(request.account)"
        let now = JSON.string(ISOTimestamp.text(request.now))
        var execution: JSON = [
            "Id": .string("\(arn):express:\(machine):\(name)"), "Input": input, "Name": .string(name),
        ]
        if let role = request.roleARN { execution["RoleArn"] = .string(role) }
        execution["StartTime"] = now
        var entered: JSON = ["Name": .string(state.name), "EnteredTime": now]
        if [.task, .map, .parallel].contains(state.type) {
            entered["RetryCount"] = .int(request.configuration.retryCount ?? 0)
        }
        var context: JSON = [
            "Execution": execution,
            "StateMachine": ["Id": .string("\(arn):stateMachine:\(machine)"), "Name": .string(machine)],
            "State": entered,
        ]
        if state.waits { context["Task"] = ["Token": .string(identifier(&random))] }
        return context
    }

    /// A UUID of version 4.
    private static func identifier(_ random: inout SeededGenerator) -> String {
        var digits = Array(hexadecimal(random.next()) + hexadecimal(random.next()))
        digits[12] = "4"
        digits[16] = "8"
        let cuts = [0, 8, 12, 16, 20, 32]
        return zip(cuts, cuts.dropFirst()).map { String(digits[$0..<$1]) }.joined(separator: "-")
    }

    private static func hexadecimal(_ word: UInt64) -> String {
        let text = String(word, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }
}

extension StateDefinition {
    /// The task is done when something else tells so.
    var waits: Bool {
        guard case .integration(_, _, let pattern, _)? = task?.resource else { return false }
        return pattern != .requestResponse
    }
}
