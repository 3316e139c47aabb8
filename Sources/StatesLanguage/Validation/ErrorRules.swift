/// The entries of `Retry` and `Catch`.
enum ErrorRules {
    static let retrier = ObjectRule(
        [
            FieldRule("ErrorEquals", .custom(.errorNames)), FieldRule("IntervalSeconds", .integer(0...99_999_999)),
            FieldRule("MaxAttempts", .integer(0...99_999_999)), FieldRule("BackoffRate", .decimal(1...Double.infinity)),
            FieldRule("MaxDelaySeconds", .integer(1...31_622_400)),
            FieldRule("JitterStrategy", .word(["NONE", "FULL"])),
            FieldRule("Comment", .text),
        ],
        required: ["ErrorEquals"])

    static let catcher = ObjectRule(
        [
            FieldRule("ErrorEquals", .custom(.errorNames)), FieldRule("Next", .text),
            FieldRule("ResultPath", .resultPath, .jsonPath),
            FieldRule("Output", .template, .jsonata, at: .errorOutput),
            FieldRule("Assign", .assignments, at: .errorOutput), FieldRule("Comment", .text),
        ],
        required: ["ErrorEquals", "Next"])
}
