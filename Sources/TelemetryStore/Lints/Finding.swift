package import Telemetry

/// Something about a function or a workflow that is wrong or soon will be, in words for a person.
package struct Finding: Hashable, Sendable {
    package enum Severity: Int, Hashable, Comparable, Sendable, CaseIterable {
        case error, warning, note

        /// The gravest first.
        package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

        package var name: String { String(describing: self) }
    }

    package enum Subject: Hashable, Sendable {
        case function(String)
        case stateMachine(arn: String, name: String)

        package var name: String {
            switch self {
            case .function(let name): name
            case .stateMachine(_, let name): name
            }
        }
    }

    /// Where it can be seen.
    package enum Place: Hashable, Sendable {
        case function(String)
        case configuration(String)
        /// What feeds the function.
        case eventSources(String)
        case invocation(RequestID)
        /// A filter of the log.
        case logs(String)
        /// The ARN of an execution.
        case execution(String)
    }

    /// What makes it the same finding while its numbers change.
    package struct ID: Hashable, Sendable {
        package var rule: LintRule
        package var subject: Subject
        /// Tells findings of one rule about one subject apart: an error's name, a warning.
        package var detail: String
    }

    package var id: ID
    package var severity: Severity
    /// One sentence with its numbers, their units and the time that was looked at.
    package var text: String
    /// What to do about it.
    package var advice: String
    package var place: Place

    package var rule: LintRule { id.rule }
    package var subject: Subject { id.subject }

    package init(
        _ rule: LintRule, _ severity: Severity, _ subject: Subject, detail: String = "", text: String, advice: String,
        place: Place
    ) {
        id = ID(rule: rule, subject: subject, detail: detail)
        self.severity = severity
        self.text = text
        self.advice = advice
        self.place = place
    }
}

/// What is looked for.
package enum LintRule: String, Hashable, Sendable, CaseIterable {
    case timeout, outOfMemory, lostRecords, standingStream, nearTimeout, nearMemoryLimit, throttles, errorBurst
    case executionFailures, swallowedErrors, asynchronousRetries, executionRetries, executionLoop
    case coldStarts, longInit, logFlood, runtimeWarning, memoryTooBig, neverCalled

    /// `near-timeout`: as the command line writes it.
    package var name: String {
        rawValue.reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
    }

    package var title: String { name.replacing("-", with: " ") }
}

/// All findings over a window, the gravest first.
package struct LintReport: Hashable, Sendable {
    /// More are not listed: nobody reads them.
    package static let mostFindings = 200

    package var window: TimeWindow
    package var findings: [Finding]
    /// How many are not listed.
    package var omitted: Int

    package init(window: TimeWindow, findings: [Finding] = []) {
        self.window = window
        let order = Dictionary(LintRule.allCases.enumerated().map { ($1, $0) }) { first, _ in first }
        let sorted = findings.sorted {
            ($0.severity.rawValue, order[$0.rule] ?? 0, $0.subject.name, $0.id.detail)
                < ($1.severity.rawValue, order[$1.rule] ?? 0, $1.subject.name, $1.id.detail)
        }
        self.findings = Array(sorted.prefix(Self.mostFindings))
        omitted = sorted.count - self.findings.count
    }
}
