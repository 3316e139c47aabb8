import Telemetry

/// The findings about one function.
struct FunctionLints {
    let facts: FunctionLintFacts
    let observed: Microseconds

    private var summary: FunctionSummary { facts.summary }
    private var function: FunctionDescription { facts.summary.function }
    private var subject: Finding.Subject { .function(facts.name) }
    /// ` in 15 min`
    private var span: String { " in \(LintText.span(observed))" }
    private var place: Finding.Place { .function(facts.name) }

    var findings: [Finding] {
        [
            timeouts ?? nearTimeout, outOfMemory ?? nearMemoryLimit ?? memoryTooBig, coldStarts, longInit, throttles,
            errorBurst, asynchronousRetries, swallowedErrors, logFlood, neverCalled,
        ].compactMap { $0 } + runtimeWarnings
    }

    private var timeouts: Finding? {
        guard facts.timeouts.count > 0 else { return nil }
        let limit = facts.isDescribed ? " after \(LintText.duration(function.timeout))" : ""
        return Finding(
            .timeout, .error, subject,
            text: "\(LintText.count(facts.timeouts.count, "invocation")) timed out\(limit)\(span).",
            advice: "Open the newest: its calls and last log lines show what it waited for. Give that call a shorter"
                + " timeout of its own, or raise Timeout if the work really takes so long.",
            place: facts.timeouts.newest.map(Finding.Place.invocation) ?? place)
    }

    private var nearTimeout: Finding? {
        guard facts.isDescribed, let latency = summary.latency, function.timeout > .zero,
            latency.count >= LintThresholds.percentileCount
        else { return nil }
        let share = Double(latency.p99.count) / Double(function.timeout.count)
        guard share >= LintThresholds.timeoutShare else { return nil }
        return Finding(
            .nearTimeout, .warning, subject,
            text: "p99 is \(LintText.duration(latency.p99)), \(LintText.percent(share)) of the timeout of"
                + " \(LintText.duration(function.timeout)) (\(LintText.count(latency.count, "invocation"))\(span)).",
            advice: "Raise Timeout, or make the slowest invocations faster: the heatmap shows whether they are few.",
            place: place)
    }

    private var outOfMemory: Finding? {
        guard facts.outOfMemory.count > 0 else { return nil }
        return Finding(
            .outOfMemory, .error, subject,
            text: "\(LintText.count(facts.outOfMemory.count, "invocation")) ran out of its"
                + " \(function.memoryMiB) MiB\(span).",
            advice: "Raise MemorySize, or hold less at once: read large objects piece by piece.",
            place: facts.outOfMemory.newest.map(Finding.Place.invocation) ?? place)
    }

    private var memoryShare: Double? {
        guard facts.isDescribed, function.memoryMiB > 0, summary.maxMemoryUsedMiB > 0 else { return nil }
        return Double(summary.maxMemoryUsedMiB) / Double(function.memoryMiB)
    }

    private var used: String { "\(summary.maxMemoryUsedMiB) of \(function.memoryMiB) MiB" }

    private var nearMemoryLimit: Finding? {
        guard let share = memoryShare, share >= LintThresholds.memoryShare else { return nil }
        return Finding(
            .nearMemoryLimit, .warning, subject,
            text: "It used up to \(used), \(LintText.percent(share)) of its memory\(span).",
            advice: "Raise MemorySize: above the limit the environment is killed in the middle of its work.",
            place: place)
    }

    private var memoryTooBig: Finding? {
        guard let share = memoryShare, share < LintThresholds.unusedMemoryShare,
            function.memoryMiB >= LintThresholds.bigMemoryMiB, summary.invocations >= LintThresholds.memoryCount
        else { return nil }
        return Finding(
            .memoryTooBig, .note, subject,
            text: "It never used more than \(used) in \(LintText.count(summary.invocations, "invocation"))\(span).",
            advice: "Try a lower MemorySize and compare p95: memory is what is billed, but it also is the share of a"
                + " processor, so a function that computes gets slower.",
            place: .configuration(facts.name))
    }

    private var coldStarts: Finding? {
        guard let share = summary.coldRate, share >= LintThresholds.coldShare,
            summary.invocations >= LintThresholds.coldCount, observed > .zero
        else { return nil }
        let rate = Double(summary.invocations) * 60_000_000 / Double(observed.count)
        guard rate >= LintThresholds.coldRatePerMinute else { return nil }
        return Finding(
            .coldStarts, .warning, subject,
            text:
                "\(LintText.percent(share)) of \(LintText.count(summary.invocations, "invocation"))\(span) started cold"
                + " (\(LintText.grouped(summary.coldStarts)) environments).",
            advice: "See under Environments why they end: crashes and timeouts cost the environment. For bursts,"
                + " provisioned concurrency or a queue in front keeps environments warm.",
            place: place)
    }

    private var longInit: Finding? {
        guard let initLatency = summary.initLatency, let latency = summary.latency, let cold = summary.coldRate else {
            return nil
        }
        let start = initLatency.p50
        let isLong = start > LintThresholds.longInit
        let share = Double(start.count) / Double(max(latency.p50.count, 1))
        let isNotable =
            start > LintThresholds.notableInit && share > LintThresholds.initShare
            && cold > LintThresholds.initColdShare
        guard isLong || isNotable else { return nil }
        return Finding(
            .longInit, isLong ? .warning : .note, subject,
            text:
                "Initialising takes \(LintText.duration(start)) p50 (\(LintText.count(initLatency.count, "cold start"))"
                + "\(span)), against \(LintText.duration(latency.p50)) p50 of the handler.",
            advice: "Import less at the top of the module, leave out what is not called, make clients on first use.",
            place: place)
    }
}
