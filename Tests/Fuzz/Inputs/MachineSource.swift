package import JSON

/// Makes machines that are mostly valid.
package struct MachineSource {
    private var random: FuzzRandom
    private var count = 0

    package init(_ random: FuzzRandom) { self.random = random }

    /// - Returns: a definition, and what is left of the randomness.
    package static func machine(_ random: inout FuzzRandom) -> JSON {
        var source = MachineSource(random)
        var machine = source.flow(level: 0)
        if source.random.once(in: 20) { machine["TimeoutSeconds"] = .int(1 + source.random.below(100)) }
        random = source.random
        return machine
    }

    private mutating func flow(level: Int) -> JSON {
        let names = (0...random.below(4)).map { _ in
            count += 1
            return "S\(count)"
        }
        var states = JSONObject()
        for (place, name) in names.enumerated() { states[name] = state(place, names, level) }
        return ["StartAt": .string(names[0]), "States": .object(states)]
    }

    private mutating func state(_ place: Int, _ names: [String], _ level: Int) -> JSON {
        let isLast = place == names.count - 1
        let types = level < 3 ? 9 : 6
        var state: JSON
        switch random.below(types) {
        case 0: state = pass()
        case 1 where !isLast: return choice(place, names)
        case 2: state = ["Type": "Wait", "Seconds": .int(random.below(3))]
        case 3, 4: state = task(names)
        case 5 where isLast:
            return random.once(in: 2) ? ["Type": "Succeed"] : ["Type": "Fail", "Error": "E", "Cause": "c"]
        case 6:
            state = ["Type": "Parallel", "Branches": .array((0...random.below(2)).map { _ in flow(level: level + 1) })]
        case 7, 8: state = map(level)
        default: state = pass()
        }
        if isLast { state["End"] = true } else { state["Next"] = .string(names[place + 1]) }
        if ["Task", "Parallel", "Map"].contains(state["Type"]?.string ?? "") { handle(&state, names) }
        return state
    }

    private mutating func pass() -> JSON {
        switch random.below(7) {
        case 0: ["Type": "Pass"]
        case 1: ["Type": "Pass", "Result": ["a": [1, 2, 3]], "ResultPath": "$.r"]
        case 2: ["Type": "Pass", "Parameters": ["a.$": "$", "t": "x"], "ResultPath": "$.p"]
        case 3: ["Type": "Pass", "Assign": ["v.$": "$", "n": 1]]
        case 4: ["Type": "Pass", "QueryLanguage": "JSONata", "Output": ["o": "{% $states.input %}"]]
        case 5: ["Type": "Pass", "Parameters": ["u.$": "States.Format('{}', $)"]]
        default: ["Type": "Pass", "InputPath": .string(random.pick(["$.a", "$.r", "$"])), "OutputPath": "$"]
        }
    }

    private mutating func choice(_ place: Int, _ names: [String]) -> JSON {
        let next = JSON.string(names[place + 1])
        let other = JSON.string(random.once(in: 12) ? random.pick(names) : names[names.count - 1])
        let rule: JSON =
            random.once(in: 2)
            ? ["Variable": "$.a", "IsPresent": true, "Next": other]
            : [
                "And": [["Variable": "$", "IsNull": false], ["Not": ["Variable": "$.n", "IsNumeric": true]]],
                "Next": other,
            ]
        return ["Type": "Choice", "Choices": [rule], "Default": next]
    }

    private mutating func task(_ names: [String]) -> JSON {
        let resource = random.pick([
            "arn:aws:lambda:us-east-1:123456789012:function:f", "arn:aws:states:::lambda:invoke",
            "arn:aws:states:us-east-1:123456789012:activity:a", "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "arn:aws:states:::states:startExecution.sync:2", "arn:aws:states:::dynamodb:putItem",
        ])
        var task: JSON = ["Type": "Task", "Resource": .string(resource)]
        if random.once(in: 3) { task["TimeoutSeconds"] = .int(2 + random.below(5)) }
        if random.once(in: 4) { task["HeartbeatSeconds"] = 1 }
        if random.once(in: 3) { task["ResultPath"] = .string(random.pick(["$.t", "$"])) }
        if random.once(in: 4) { task["Parameters"] = ["in.$": "$", "token.$": "$$.State.Name"] }
        return task
    }

    private mutating func map(_ level: Int) -> JSON {
        var processor = flow(level: level + 1)
        var map: JSON = ["Type": "Map", "ItemsPath": .string(random.pick(["$", "$.a", "$.r.a"]))]
        if random.once(in: 4) { processor["ProcessorConfig"] = ["Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"] }
        if random.once(in: 3) { map["ItemSelector"] = ["v.$": "$$.Map.Item.Value", "i.$": "$$.Map.Item.Index"] }
        if random.once(in: 3) { map["MaxConcurrency"] = .int(random.below(4)) }
        map["ItemProcessor"] = processor
        return map
    }

    private mutating func handle(_ state: inout JSON, _ names: [String]) {
        if random.once(in: 3) {
            state["Retry"] = [
                [
                    "ErrorEquals": [.string(random.pick(["E", "States.TaskFailed", "States.ALL"]))],
                    "MaxAttempts": .int(random.below(4)),
                ]
            ]
        }
        if random.once(in: 3) {
            state["Catch"] = [
                ["ErrorEquals": ["States.ALL"], "Next": .string(names[names.count - 1]), "ResultPath": "$.error"]
            ]
        }
    }
}
