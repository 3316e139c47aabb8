import Telemetry
import TelemetryStore

@testable import Dashboard

enum LintSample {
    static let machine = Finding.Subject.stateMachine(
        arn: "arn:aws:states:us-east-1:000000000000:stateMachine:order-flow", name: "order-flow")

    static var report: LintReport {
        LintReport(
            window: FunctionSample.window,
            findings: [
                Finding(
                    .timeout, .error, .function("update-order"), text: "3 invocations timed out after 3 s in 15 min.",
                    advice: "Open the newest: its calls and last log lines show what it waited for.",
                    place: .invocation(LogSample.requests[4])),
                Finding(
                    .nearMemoryLimit, .warning, .function("process-payment"),
                    text: "It used up to 118 of 128 MiB, 92.2 % of its memory in 15 min.",
                    advice: "Raise MemorySize: above the limit the environment is killed in the middle of its work.",
                    place: .function("process-payment")),
                Finding(
                    .executionFailures, .error, machine, detail: "PaymentDeclined",
                    text:
                        "5 of 40 executions (12.5 %) ended with PaymentDeclined in 15 min, the last one in ProcessPayment.",
                    advice: "Open the last one: it shows the state, the cause and the log.",
                    place: .execution("arn:aws:states:us-east-1:000000000000:execution:order-flow:o-1843")),
                Finding(
                    .swallowedErrors, .warning, .function("record-order"),
                    text: "12 of 4,770 successful invocations logged an error: \u{1b}[31mstock of A-1 is unknown",
                    advice: "Whoever called was told that all went well.", place: .invocation(LogSample.requests[1])),
                Finding(
                    .neverCalled, .note, .function("nightly-report"),
                    text: "It was not called once in the 15 min that were looked at.",
                    advice: "Nothing is set up to call it: give it a trigger, call it with i, or remove it.",
                    place: .configuration("nightly-report")),
            ])
    }
}
