import JSON
import StatesLanguage
import Telemetry
import TelemetryStore

/// A state at a moment of its execution: only what had happened by then.
struct InspectedState: Sendable {
    let detail: ExecutionDetail
    let progress: HistoryProgress
    let visit: StateVisit?
    let name: String?
    let definition: StateDefinition?

    init(
        detail: ExecutionDetail, progress: HistoryProgress, visit: Int?, name: String?, definition: StateDefinition?
    ) {
        self.detail = detail
        self.progress = progress
        self.visit = visit.flatMap { progress.visits.indices.contains($0) ? progress.visits[$0] : nil }?
            .judged(by: definition)
        self.name = name
        self.definition = definition
    }

    private func event(_ id: Int?) -> HistoryEvent? { id.flatMap { detail.events.event(id: $0) } }

    var input: String? { event(visit?.enteredEvent)?.input }

    /// What it gave to the next one; `nil` while it runs.
    var output: String? {
        if let exited = event(visit?.exitedEvent) { return exited.output }
        return nil
    }

    /// What the task was called with.
    var taskInput: String? {
        let scheduled = event(visit?.attempts.last?.scheduledEvent)
        return scheduled?.text("parameters") ?? scheduled?.input
    }

    /// What the task answered.
    var result: String? {
        guard let attempt = visit?.attempts.last, attempt.status == .succeeded else { return nil }
        return event(attempt.endEvent)?.output
    }

    /// Why the state failed: its own error, or the execution's.
    var failure: (error: String, cause: String)? {
        guard let visit, let error = visit.error ?? (visit.isFailure ? progress.error : nil) else { return nil }
        return (error, visit.cause ?? "")
    }

    /// The variables that it can see: those assigned before, in its flow and in what is around it.
    var variables: [(name: String, value: String, state: String)] {
        guard let visit else { return [] }
        var around: [Scope] = [Scope(visit)]
        var place = visit.parent
        while let index = place {
            around.append(Scope(progress.visits[index]))
            place = progress.visits[index].parent
        }
        let scopes = Set(around)
        var found = JSONObject()
        var origin: [String: String] = [:]
        for other in progress.visits where scopes.contains(Scope(other)) {
            guard let assigned = event(other.exitedEvent)?.details?["assignedVariables"]?.object else { continue }
            for (name, value) in assigned {
                found[name] = value
                origin[name] = other.name
            }
        }
        return found.map { ($0.0, $0.1.string ?? $0.1.text, origin[$0.0] ?? "") }
    }

    private struct Scope: Hashable {
        var parent: Int?
        var iteration: Int?

        init(_ visit: StateVisit) { (parent, iteration) = (visit.parent, visit.iteration) }
    }

    /// The variables as they were when it was entered.
    private var variablesBefore: [String: JSON] {
        let before = InspectedState(
            detail: detail, progress: progress.forgettingExits(from: visit?.enteredEvent ?? 0), visit: visit?.index,
            name: name, definition: definition)
        return Dictionary(
            before.variables.compactMap { one in (try? JSON(parsing: one.value)).map { (one.name, $0) } },
            uniquingKeysWith: { $1 })
    }

    // MARK: Steps

    /// What the state did to its data, by the code that runs it.
    func inspection() -> StateInspection? {
        guard let visit, let definition, let text = input, let json = try? JSON(parsing: text) else { return nil }
        return StateInspection(
            InspectionSubject(
                state: definition, input: json, context: context(visit), variables: variablesBefore, told: told,
                now: visit.entered))
    }

    private var told: InspectionSubject.Told {
        guard let visit else { return .nothing }
        if let failure, !visit.isOpen { return .failure(TaskFailure(failure.error, failure.cause)) }
        if let result, let json = try? JSON(parsing: result) { return .result(json) }
        return .nothing
    }

    /// The context object, as far as a history tells.
    private func context(_ visit: StateVisit) -> JSON {
        var context: JSON = [
            "Execution": [
                "Id": .string(detail.start.arn), "Name": .string(detail.start.name),
                "Input": (try? JSON(parsing: detail.start.input)) ?? .null,
                "StartTime": .string(ISOClock.text(detail.startTime)),
                "RedriveCount": .int(detail.start.redriveCount),
            ],
            "StateMachine": ["Id": .string(detail.start.machineARN), "Name": .string(detail.machineName)],
            "State": [
                "Name": .string(visit.name), "EnteredTime": .string(ISOClock.text(visit.entered)),
                "RetryCount": .int(visit.retries),
            ],
        ]
        if let item = progress.iterations(around: visit.index).first {
            context["Map"] = ["Item": ["Index": .int(item.index)]]
        }
        return context
    }
}

/// `2026-11-21T09:43:50.123Z`
enum ISOClock {
    static func text(_ time: Timestamp) -> String {
        let milliseconds = time.milliseconds
        let days = (milliseconds >= 0 ? milliseconds : milliseconds - 86_399_999) / 86_400_000
        let rest = milliseconds - days * 86_400_000
        // Days to a date: proleptic Gregorian, eras of 400 years that begin in March.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let day = shifted - era * 146_097
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let ofYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let date = ofYear - (153 * month + 2) / 5 + 1
        let number = month < 10 ? month + 3 : month - 9
        let full = year + era * 400 + (number <= 2 ? 1 : 0)
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let fraction = String(rest % 1000 + 1000).dropFirst()
        return "\(full)-\(two(number))-\(two(date))T\(two(rest / 3_600_000)):\(two(rest / 60_000 % 60))"
            + ":\(two(rest / 1000 % 60)).\(fraction)Z"
    }
}
