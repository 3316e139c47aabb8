import JSON
import StatesLanguage
import Telemetry
import TelemetryStore
import Terminal

/// What a state did to its data, a step after the other, each as what it changed.
enum StepsText {
    static func lines(_ subject: InspectedState) -> [[Run]] {
        guard let inspection = subject.inspection() else {
            return [[Run("the definition or the input is not known", .dim)]]
        }
        var lines = rules(inspection)
        var before: JSON?
        for step in inspection.steps where !(step.kind == .input && before != nil) {
            lines += section(step, before: before)
            if step.kind != .assigned { before = step.value }
        }
        if let failure = inspection.failure {
            lines += [heading("failed", "", .error)] + FailureText.lines(failure.error ?? "", failure.detail ?? "")
        } else if subject.visit?.isOpen == true {
            lines += [[], [Run("  it still runs: its result comes next", .dim)]]
        }
        return lines + handling(inspection.handling)
    }

    private static func section(_ step: StateInspection.Step, before: JSON?) -> [[Run]] {
        let (title, field) = names[step.kind] ?? (step.kind.rawValue, "")
        guard let before, step.kind != .result, step.kind != .assigned else {
            return [heading(title, field)] + whole(step.value)
        }
        if before == step.value {
            return [heading(title, field) + [Run("  unchanged", .dim)]]
        }
        return [heading(title, field)] + JSONDifference.lines(before, step.value)
    }

    private static let names: [StateInspection.Step.Kind: (String, String)] = [
        .input: ("input", ""), .afterInputPath: ("after", "InputPath"), .afterParameters: ("after", "Parameters"),
        .afterArguments: ("after", "Arguments"), .afterItemsPath: ("items", "ItemsPath"),
        .afterItems: ("items", "Items"),
        .afterItemSelector: ("after", "ItemSelector"), .result: ("result", ""),
        .afterResultSelector: ("after", "ResultSelector"), .afterResultPath: ("after", "ResultPath"),
        .errorOutput: ("error output", ""), .assigned: ("assigned", "Assign"), .output: ("output", ""),
    ]

    private static func heading(_ title: String, _ field: String, _ role: Role = .title) -> [Run] {
        [Run("▸ \(title)", role, .bold)] + (field.isEmpty ? [] : [Run(" \(field)", .accent)])
    }

    private static func whole(_ value: JSON) -> [[Run]] {
        Secrets.masked(value).prettyText.split(separator: "\n", omittingEmptySubsequences: false).prefix(80).map {
            [Run("  ")] + EventInk.runs(String($0))
        }
    }

    // MARK: Choices

    /// Why a Choice chose: each rule with what it compared.
    private static func rules(_ inspection: StateInspection) -> [[Run]] {
        guard !inspection.rules.isEmpty else { return [] }
        var lines: [[Run]] = []
        for rule in inspection.rules {
            let mark = rule.isMatch ? Run("\(Mark.ok) ", .ok, .bold) : Run("\(Mark.failed) ", .dim)
            lines.append([
                mark, Run("rule \(rule.index + 1)", rule.isMatch ? .strong : .text), Run(" → \(rule.next)", .accent),
            ])
            for seen in rule.observations {
                lines.append([
                    Run(seen.isMatch ? "    \(Mark.ok) " : "    \(Mark.failed) ", seen.isMatch ? .ok : .dim),
                    Run(seen.text, .text),
                ])
                lines.append([Run("        ", .dim)] + observed(seen))
            }
        }
        if inspection.matchedRule == nil, let next = inspection.next {
            lines.append([Run("\(Mark.ok) ", .ok, .bold), Run("default", .strong), Run(" → \(next)", .accent)])
        }
        return lines + [[]]
    }

    private static func observed(_ seen: ChoiceObservation) -> [Run] {
        let value = seen.value.map { EventInk.runs(short($0)) } ?? [Run("nothing there", .warn)]
        return [Run("was ", .dim)] + value
    }

    private static func short(_ value: JSON) -> String { String(Secrets.masked(value).text.prefix(200)) }

    private static func handling(_ handling: StateInspection.Handling?) -> [[Run]] {
        switch handling {
        case .retried(let index, let pause):
            [[], [Run("↻ ", .warn), Run("Retry \(index + 1) tries again after \(pause.text)", .text)]]
        case .caught(let index): [[], [Run("◐ ", .warn), Run("Catch \(index + 1) leads on", .text)]]
        case nil: []
        }
    }
}
