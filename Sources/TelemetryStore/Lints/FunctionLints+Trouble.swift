import Telemetry

/// What goes wrong between the function and those who call it.
extension FunctionLints {
    var throttles: Finding? {
        let summary = facts.summary
        guard summary.throttles > 0 else { return nil }
        let share = Double(summary.throttles) / Double(summary.throttles + summary.invocations)
        let reserved = summary.function.reservedConcurrency
        let limit = reserved.map { ", with a reserved concurrency of \($0)" } ?? ""
        let advice =
            reserved.map {
                $0 == 0
                    ? "A reserved concurrency of 0 switches the function off: remove it to let it run."
                    : "Raise the reserved concurrency above \($0), or put a queue in front."
            } ?? "The account's concurrency is used up: reserve some for this function, or put a queue in front."
        return Finding(
            .throttles, share >= LintThresholds.throttleShare ? .error : .warning, .function(facts.name),
            text: "\(LintText.count(summary.throttles, "call")) (\(LintText.percent(share))) refused in"
                + " \(LintText.span(observed))\(limit).",
            advice: advice, place: .function(facts.name))
    }

    var errorBurst: Finding? {
        let (counts, errors) = (facts.summary.invocationSeries, facts.summary.errorSeries)
        let recent = counts.count / LintThresholds.burstParts
        guard recent > 0, errors.count == counts.count else { return nil }
        let lately = (count: counts.suffix(recent).reduce(0, +), errors: errors.suffix(recent).reduce(0, +))
        let before = (count: counts.dropLast(recent).reduce(0, +), errors: errors.dropLast(recent).reduce(0, +))
        guard lately.errors >= LintThresholds.burstErrors, lately.count >= LintThresholds.burstCount,
            before.count >= LintThresholds.burstCount
        else { return nil }
        let share = Double(lately.errors) / Double(lately.count)
        let usual = Double(before.errors) / Double(before.count)
        guard share >= LintThresholds.burstShare, share >= usual * LintThresholds.burstFactor else { return nil }
        return Finding(
            .errorBurst, .error, .function(facts.name),
            text: "\(LintText.percent(share)) of the last \(LintText.count(lately.count, "invocation")) failed, against"
                + " \(LintText.percent(usual)) of the \(LintText.grouped(before.count)) before.",
            advice: "e goes to the failed ones; compare one with one that went well (m, =): what changed just now?",
            place: .function(facts.name))
    }

    var asynchronousRetries: Finding? {
        guard facts.retriedEvents.count > 0 else { return nil }
        let lost = facts.exhaustedEvents.count
        let end = lost > 0 ? ", and \(LintText.grouped(lost)) failed for good" : ""
        let advice =
            lost > 0
            ? "An event that fails three times is gone unless the function has a dead-letter queue or an OnFailure"
                + " destination: see what the error is, and give it one."
            : "Whatever the failed attempt did happened twice: make the handler idempotent, and see why it failed."
        return Finding(
            .asynchronousRetries, lost > 0 ? .error : .warning, .function(facts.name),
            text:
                "\(LintText.count(facts.retriedEvents.count, "asynchronous event was", "asynchronous events were")) tried"
                + " again in \(LintText.span(observed))\(end).",
            advice: advice,
            place: (facts.exhaustedEvents.newest ?? facts.retriedEvents.newest).map(Finding.Place.invocation)
                ?? .function(facts.name))
    }

    var swallowedErrors: Finding? {
        guard facts.swallowed.count > 0, let newest = facts.swallowed.newest else { return nil }
        let line = facts.swallowedLine.isEmpty ? "" : ": \(facts.swallowedLine)"
        return Finding(
            .swallowedErrors, .warning, .function(facts.name),
            text:
                "\(LintText.grouped(facts.swallowed.count)) of \(LintText.grouped(facts.successes)) successful invocations"
                + " logged an error\(line)",
            advice:
                "Whoever called was told that all went well: let the error end the invocation, or log it as a warning"
                + " if it was handled.",
            place: .invocation(newest))
    }

    var logFlood: Finding? {
        guard facts.floods.count > 0, let newest = facts.floods.newest else { return nil }
        let count = LintText.count(facts.floods.count, "invocation")
        return Finding(
            .logFlood, .warning, .function(facts.name),
            text: "\(count) wrote more than \(LintText.grouped(LintThresholds.floodLines)) log lines, one of them"
                + " \(LintText.grouped(facts.mostLines)).",
            advice: "Raise the log level, or count in the loop and log once behind it: CloudWatch bills by the byte.",
            place: .logs("req:\(newest)"))
    }

    var neverCalled: Finding? {
        guard facts.summary.lastInvocation == nil, facts.summary.inFlight == 0, facts.isDescribed,
            observed >= LintThresholds.neverCalledAfter
        else { return nil }
        let triggers = facts.summary.function.triggers
        let advice =
            triggers.isEmpty
            ? "Nothing is set up to call it: give it a trigger, call it with i, or remove it."
            : "It should be called by \(triggers.prefix(3).joined(separator: ", ")): see whether that happens at all."
        return Finding(
            .neverCalled, .note, .function(facts.name),
            text: "It was not called once in the \(LintText.span(observed)) that were looked at.", advice: advice,
            place: .configuration(facts.name))
    }

    var runtimeWarnings: [Finding] {
        facts.summary.function.warnings.prefix(5).map { warning in
            Finding(
                .runtimeWarning, .note, .function(facts.name), detail: warning, text: warning,
                advice: "What works here may not work in AWS, and the other way round: install what was asked for.",
                place: .configuration(facts.name))
        }
    }
}
