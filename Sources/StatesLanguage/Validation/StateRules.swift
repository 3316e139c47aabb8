/// The fields of states, by their type.
///
/// - SeeAlso: Amazon States Language (states-language.net), and the chapters on states of the Step Functions guide.
enum StateRules {
    static let machine = ObjectRule(
        [
            FieldRule("Comment", .text), FieldRule("QueryLanguage", .word(["JSONPath", "JSONata"])),
            FieldRule("StartAt", .custom(.startAt)), FieldRule("States", .custom(.states)),
            FieldRule("TimeoutSeconds", .integer(0...99_999_999)), FieldRule("Version", .word(["1.0"])),
        ],
        required: ["StartAt", "States"])

    static let branch = ObjectRule(
        [
            FieldRule("Comment", .text), FieldRule("StartAt", .custom(.startAt)),
            FieldRule("States", .custom(.states)),
        ],
        required: ["StartAt", "States"])

    static let processor = ObjectRule(
        branch.fields + [FieldRule("ProcessorConfig", .object(processorConfig))], required: ["StartAt", "States"])

    static let processorConfig = ObjectRule([
        FieldRule("Mode", .word(["INLINE", "DISTRIBUTED"])),
        FieldRule("ExecutionType", .word(["STANDARD", "EXPRESS"])),
    ])

    static let states: [StateType: ObjectRule] = [
        .pass: pass, .task: task, .wait: wait, .choice: choice, .succeed: succeed, .fail: fail, .parallel: parallel,
        .map: map,
    ]

    private static let common = [
        FieldRule("Type", .custom(.type)), FieldRule("Comment", .text),
        FieldRule("QueryLanguage", .word(["JSONPath", "JSONata"])),
    ]
    private static let input = [FieldRule("InputPath", .path, .jsonPath), FieldRule("OutputPath", .path, .jsonPath)]
    private static let transition = [FieldRule("Next", .text), FieldRule("End", .custom(.end))]
    private static let nextOrEnd = ["Next", "End"]

    private static func results(_ place: ExpressionPlace) -> [FieldRule] {
        [
            FieldRule("Output", .template, .jsonata, at: place), FieldRule("Assign", .assignments, at: place),
        ]
    }

    private static let pass = ObjectRule(
        common + input + transition + results(.input) + [
            FieldRule("Result", .constant, .jsonPath), FieldRule("ResultPath", .resultPath, .jsonPath),
            FieldRule("Parameters", .template, .jsonPath),
        ],
        oneOf: [nextOrEnd])

    /// What Task, Parallel and Map have.
    private static let work =
        common + input + transition + results(.result) + [
            FieldRule("ResultPath", .resultPath, .jsonPath), FieldRule("ResultSelector", .template, .jsonPath),
            FieldRule("Retry", .custom(.retriers)), FieldRule("Catch", .custom(.catchers)),
        ]

    private static let task = ObjectRule(
        work + [
            FieldRule("Resource", .custom(.resource)), FieldRule("Parameters", .template, .jsonPath),
            FieldRule("Arguments", .template, .jsonata), FieldRule("Credentials", .custom(.credentials)),
            FieldRule("TimeoutSeconds", .integer(1...99_999_999), expression: true),
            FieldRule("TimeoutSecondsPath", .reference(context: true), .jsonPath),
            FieldRule("HeartbeatSeconds", .integer(1...99_999_999), expression: true),
            FieldRule("HeartbeatSecondsPath", .reference(context: true), .jsonPath),
        ],
        required: ["Resource"],
        exclusive: [["TimeoutSeconds", "TimeoutSecondsPath"], ["HeartbeatSeconds", "HeartbeatSecondsPath"]],
        oneOf: [nextOrEnd])

    private static let wait = ObjectRule(
        common + input + transition + results(.input) + [
            FieldRule("Seconds", .integer(0...99_999_999), expression: true),
            FieldRule("SecondsPath", .reference(context: true), .jsonPath),
            FieldRule("Timestamp", .timestamp, expression: true),
            FieldRule("TimestampPath", .reference(context: true), .jsonPath),
        ],
        oneOf: [nextOrEnd, ["SecondsPath", "Seconds", "TimestampPath", "Timestamp"]])

    private static let choice = ObjectRule(
        common + input + results(.input) + [
            FieldRule("Choices", .custom(.choices)), FieldRule("Default", .text),
        ],
        required: ["Choices"])

    private static let succeed = ObjectRule(common + input + [FieldRule("Output", .template, .jsonata)])

    private static let fail = ObjectRule(
        common + [
            FieldRule("Error", .text, expression: true), FieldRule("Cause", .text, expression: true),
            FieldRule("ErrorPath", .pathOrIntrinsic, .jsonPath), FieldRule("CausePath", .pathOrIntrinsic, .jsonPath),
        ],
        exclusive: [["Error", "ErrorPath"], ["Cause", "CausePath"]])

    private static let parallel = ObjectRule(
        work + [
            FieldRule("Branches", .custom(.branches)), FieldRule("Parameters", .template, .jsonPath),
            FieldRule("Arguments", .template, .jsonata),
        ],
        required: ["Branches"], oneOf: [nextOrEnd])

    private static let map = ObjectRule(
        work + MapRules.fields,
        exclusive: [
            ["MaxConcurrency", "MaxConcurrencyPath"], ["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"],
            ["ToleratedFailureCount", "ToleratedFailureCountPath"],
        ],
        oneOf: [nextOrEnd, ["ItemProcessor", "Iterator"]])
}
