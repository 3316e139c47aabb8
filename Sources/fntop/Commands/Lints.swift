import ArgumentParser
import JSON
import Telemetry
import TelemetryStore

struct Lints: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints what is wrong or soon will be, and what to do about it.",
        discussion: """
            Near timeouts and memory limits, throttles, cold starts, error bursts, errors that were swallowed, events that \
            were tried again, records of streams that were lost or hold up others, workflows that fail, retry or go in a \
            loop. The gravest come first.
            """
    )

    @Option(help: "The window: 15m, 1h, …")
    var since = "15m"

    @Flag(help: "One JSON object a finding and line.")
    var json = false

    @Flag(help: "End with status 1 when there are findings.")
    var strict = false

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let length = Microseconds.seconds(Int64(try TimeText.seconds(since)))
        let attached = try await AttachedStore.open(try endpoint.address())
        defer { attached.close() }
        let report = await attached.store.lints(TimeWindow(last: length, until: .now() + .seconds(1)))
        for finding in report.findings { Console.say(json ? Self.json(finding, length).text : Self.text(finding)) }
        if report.omitted > 0 { Console.complain("\(report.omitted) more findings are not listed.") }
        if report.findings.isEmpty, !json { Console.say("Nothing was found in the last \(since).") }
        guard strict, !report.findings.isEmpty else { return }
        let count = report.findings.count + report.omitted
        throw Failure("\(count) \(count == 1 ? "finding" : "findings")")
    }

    private static func text(_ finding: Finding) -> String {
        let head = "\(finding.severity.name): \(finding.subject.name): \(finding.rule.title)"
        return SafeText.visible(Array("\(head)\n    \(finding.text)\n    \(finding.advice)".utf8))
    }

    private static func json(_ finding: Finding, _ window: Microseconds) -> JSON {
        var json: JSON = [
            "severity": .string(finding.severity.name), "rule": .string(finding.rule.name),
        ]
        switch finding.subject {
        case .function(let name): json["function"] = .string(name)
        case .stateMachine(let arn, let name):
            json["stateMachine"] = .string(name)
            json["stateMachineArn"] = .string(arn)
        }
        json["text"] = .string(finding.text)
        json["advice"] = .string(finding.advice)
        switch finding.place {
        case .invocation(let id): json["requestId"] = .string(id.description)
        case .execution(let arn): json["executionArn"] = .string(arn)
        case .logs(let filter): json["logFilter"] = .string(filter)
        case .function, .configuration, .eventSources: break
        }
        json["windowSeconds"] = .int(Int(window.count / 1_000_000))
        return json
    }
}
