import Telemetry

/// The findings about one state machine.
struct MachineLints {
    let facts: MachineLintFacts
    let observed: Microseconds

    private var subject: Finding.Subject { .stateMachine(arn: facts.arn, name: facts.name) }
    private var span: String { " in \(LintText.span(observed))" }

    /// Kinds of errors that are told apart; an error's name comes from outside.
    private static let mostErrors = 5

    var findings: [Finding] { failures + [retries, loop].compactMap { $0 } }

    private var failures: [Finding] {
        let order = facts.failures.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        return order.prefix(Self.mostErrors).map { error, failure in
            let share = Double(failure.count) / Double(max(facts.ended, 1))
            let state = failure.state.map { ", the last one in \($0)" } ?? ""
            return Finding(
                .executionFailures, .error, subject, detail: error,
                text: "\(LintText.grouped(failure.count)) of \(LintText.count(facts.ended, "execution"))"
                    + " (\(LintText.percent(share))) ended with \(error)\(span)\(state).",
                advice:
                    "Open the last one: it shows the state, the cause and the log. A Retry helps against what passes by"
                    + " itself, a Catch against what is to be expected.",
                place: .execution(failure.execution))
        }
    }

    private var retries: Finding? {
        guard facts.retrying > 0, let most = facts.mostRetries else { return nil }
        return Finding(
            .executionRetries, .warning, subject,
            text: "\(LintText.count(facts.retrying, "execution")) retried \(LintThresholds.executionRetries) times or"
                + " more\(span); \(most.state) of \(most.executionName) \(LintText.count(most.count, "time")).",
            advice: "Retries that are the normal way hide a fault and cost time: see what the attempts answered.",
            place: .execution(most.execution))
    }

    private var loop: Finding? {
        guard let most = facts.mostVisits, most.count >= LintThresholds.loopVisits else { return nil }
        return Finding(
            .executionLoop, .warning, subject,
            text:
                "\(most.executionName) entered \(most.state) \(LintText.count(most.count, "time")): it goes in a loop.",
            advice:
                "Each round is billed as state transitions, and a history ends at 25,000 events: wait longer in each"
                + " round, use a callback (.waitForTaskToken), or give the loop an end.",
            place: .execution(most.execution))
    }
}

extension LintFacts {
    var report: LintReport {
        LintReport(
            window: window,
            findings: functions.flatMap { FunctionLints(facts: $0, observed: observed).findings }
                + machines.flatMap { MachineLints(facts: $0, observed: observed).findings }
                + eventSources.flatMap {
                    EventSourceLints(story: $0, window: window, observed: observed).findings
                })
    }
}
