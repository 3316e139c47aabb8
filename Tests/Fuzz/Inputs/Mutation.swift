package import JSON

/// Ways to break an input.
package enum Mutation {
    private static let tokens = [
        "{", "}", "[", "]", "\"", ":", ",", "\\", "null", "true", "$", "$$", "$.", "..", "@", "?(", "*", "'", "{%",
        "%}",
        "\u{0}", "\u{1F600}", "\u{202E}", "e\u{301}", "1e999", "-", "99999999999999999999999", "0.1e-400",
        "States.Format(",
        "~>", ":=", "function($x){", "/(a+)+$/", "%", "^(", "|", "\n", "\u{FEFF}", "-1", "[0:-1:0]", "&&", "||",
    ]

    /// A few changes of the bytes.
    package static func text(_ source: String, _ random: inout FuzzRandom) -> String {
        var bytes = Array(source.utf8)
        for _ in 0...random.below(4) { change(&bytes, &random) }
        return String(decoding: bytes.prefix(1 << 18), as: UTF8.self)
    }

    private static func change(_ bytes: inout [UInt8], _ random: inout FuzzRandom) {
        let place = random.below(bytes.count + 1)
        switch random.below(7) {
        case 0: bytes.removeSubrange(place...)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(8)))
        case 2: bytes.insert(contentsOf: random.pick(tokens).utf8, at: place)
        case 3: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
        case 4:
            let part = Array(bytes[place..<min(bytes.count, place + random.below(40))])
            bytes.insert(contentsOf: part, at: random.below(bytes.count + 1))
        case 5:
            let token = Array(random.pick(tokens).utf8)
            let times = random.once(in: 50) ? 100_000 : random.below(60)
            bytes.insert(contentsOf: (0..<times).flatMap { _ in token }, at: place)
        default: if place > 0 { bytes.swapAt(place - 1, random.below(bytes.count)) }
        }
    }

    /// The value with some member or element made into something else.
    package static func json(_ value: JSON, _ random: inout FuzzRandom, level: Int = 0) -> JSON {
        guard level < 40, !random.once(in: 7) else { return oddity(&random) }
        switch value {
        case .object(var object):
            guard !object.isEmpty else { return oddity(&random) }
            let key = random.pick(object.keys)
            switch random.below(8) {
            case 0: object[key] = .none
            case 1: object[random.pick(names)] = object[key]
            case 2: object[random.pick(names)] = oddity(&random)
            default: object[key] = object[key].map { json($0, &random, level: level + 1) }
            }
            return .object(object)
        case .array(var array):
            guard !array.isEmpty else { return .array([oddity(&random)]) }
            let place = random.below(array.count)
            switch random.below(5) {
            case 0: array.remove(at: place)
            case 1: array.append(array[place])
            default: array[place] = json(array[place], &random, level: level + 1)
            }
            return .array(array)
        case .string(let text): return .string(random.once(in: 2) ? random.pick(texts) : Mutation.text(text, &random))
        default: return oddity(&random)
        }
    }

    package static func oddity(_ random: inout FuzzRandom) -> JSON {
        switch random.below(12) {
        case 0: .null
        case 1: .bool(random.once(in: 2))
        case 2:
            .number(
                JSONNumber(
                    source: random.pick(["0", "-1", "1e400", "99999999999999999999", "1.5", "-0", "1e-7", "100000000"]))
            )
        case 3: .array([])
        case 4: .object(JSONObject())
        case 5: nested(&random)
        default: .string(random.pick(texts))
        }
    }

    private static func nested(_ random: inout FuzzRandom) -> JSON {
        var value = JSON.string(random.pick(texts))
        for _ in 0..<random.below(60) { value = random.once(in: 2) ? .array([value]) : [random.pick(names): value] }
        return value
    }

    static let names = [
        "Type", "Next", "End", "States", "StartAt", "Choices", "Catch", "Retry", "Branches", "ItemProcessor",
        "Iterator",
        "Assign", "Output", "Arguments", "Parameters", "ResultSelector", "ResultPath", "InputPath", "OutputPath",
        "QueryLanguage", "And", "Or", "Not", "Variable", "Condition", "ErrorEquals", "Seconds", "SecondsPath", "a.$",
        "b",
        "Items", "ItemsPath", "ItemSelector", "MaxConcurrency", "ToleratedFailurePercentage", "ProcessorConfig",
        "Label",
        "Default", "Resource", "Credentials", "TimeoutSeconds", "HeartbeatSeconds", "Result", "Error", "CausePath", "",
    ]

    static let texts = [
        "", "$", "$.a", "$.a.b[0]", "$..a", "$.a[?(@.b>1)]", "$$", "$$.Execution.Id", "$x", "{% $states.input %}",
        "{% 1 + %}",
        "{% $sum([1..10]) %}", "{%%}", "{%", "%}", "JSONata", "JSONPath", "Task", "Pass", "Map", "Choice", "States.ALL",
        "States.Format('{}', $.a)", "States.Array(", "arn:aws:lambda:us-east-1:123456789012:function:f",
        "arn:aws:states:::lambda:invoke.waitForTaskToken", "arn:aws:states:us-east-1:123456789012:activity:a", "A", "B",
        "2026-01-01T00:00:00Z", "\u{1F600}", "DISTRIBUTED", "INLINE", "EXPRESS", "FULL",
        String(repeating: "n", count: 81), "$.a[99999999999999999999]", "$['a']['b']", "{% $states.errorOutput %}",
    ]
}
