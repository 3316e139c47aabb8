import JSON
import Telemetry
import TelemetryStore
package import Terminal

package enum ExecutionsCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case open, logs, start, again, stop, redrive, filter, only, clear, nextError, previousError, copy, escape, trace
}

extension ExecutionsScreen: Screen {
    package typealias Command = ExecutionsCommand

    package static let keys = KeyMap<ExecutionsCommand>(
        [
            KeyBinding(.enter, command: .open, title: "open", summary: "Opens the execution."),
            KeyBinding(
                .character("/"), command: .filter, title: "filter",
                summary: "Shows only what is typed: a part of the name, machine, state or error."),
            KeyBinding(
                .character("f"), command: .only, title: "only", summary: "Shows only one status, or one state machine."),
            KeyBinding(
                .character("e"), .character("n"), command: .nextError, title: "next failed",
                summary: "Goes to the next execution that failed."),
            KeyBinding(
                .character("i"), command: .start, title: "new input",
                summary: "Starts an execution with an input of yours."
            ),
            KeyBinding(
                .character("r"), command: .again, title: "re-run", summary: "Starts another one with the same input."),
            KeyBinding(.character("S"), command: .stop, title: "stop", summary: "Stops the execution."),
            KeyBinding(
                .character("R"), command: .redrive, title: "redrive",
                summary: "Lets a failed execution go on where it failed.", isInFooter: false),
            KeyBinding(
                .character("l"), command: .logs, title: "logs", summary: "Shows what its functions logged.",
                isInFooter: false),
            KeyBinding(
                .character("T"), command: .trace, title: "trace", summary: "Opens the trace that it is a part of.",
                isInFooter: false),
            KeyBinding(
                .character("E"), .character("N"), command: .previousError, title: "failed before",
                summary: "Goes to the execution before that failed.", isInFooter: false),
            KeyBinding(
                .character("F"), command: .clear, title: "clear", summary: "Clears the filters.", isInFooter: false),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the ARN, the name, the input or a command.", isInFooter: false),
            KeyBinding(
                .escape, command: .escape, title: "back", summary: "Clears the filters, then goes back.",
                isInFooter: false),
        ] + KeyBinding.moving(first: "the newest", last: "the last of the page"))

    package var route: Route { .executions(machine: machine) }
    package var markable: Marked? { selectedRow.map { .execution($0.arn) } }

    package var takesLetters: Bool { isNarrowing }

    package var requests: [DataRequest] {
        [.executions(query)] + (selectedRow.map { [.execution($0.arn)] } ?? [])
    }

    package var dependsOnTime: Bool { rows.contains { !$0.status.isOver } }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch (answer, request) {
        case (.executions(let page), .executions(let asked)) where asked == query: take(page)
        case (.execution(let detail), _): take(detail)
        default: break
        }
        return []
    }

    package mutating func run(_ command: ExecutionsCommand, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: list.move(command, page: layout.table.rows - 2)
        case .filter: words.isOpen = true
        case .only: menu = filterMenu
        case .clear: clearFilters()
        case .escape:
            guard isFiltered else { return [.back] }
            clearFilters()
        case .nextError: return goToFailure(forward: true)
        case .previousError: return goToFailure(forward: false)
        case .open: return selectedRow.map { [.open(.execution($0.arn, event: nil))] } ?? []
        case .start: return start()
        case .again: return again()
        case .stop: return stop()
        case .redrive: return redrive()
        case .logs: return openLogs()
        case .trace: return shownDetail?.start.openTrace ?? [.notice("choose an execution first")]
        case .copy: return selectedRow.map { [.offer(copyChoices($0))] } ?? []
        }
        return []
    }

    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? { pressNarrowing(key, context) }

    package mutating func paste(_ text: String) { pasteWords(text) }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        if let answer = pointNarrowing(event, context) { return answer }
        switch event.action {
        case .wheelUp: list.move(by: -3)
        case .wheelDown: list.move(by: 3)
        case .press, .doubleClick:
            guard list.point(at: event.point, in: table(context.now).layout(in: layout.table)) else { return [] }
            if event.action == .doubleClick { return run(.open, context) }
        case .drag, .release: break
        }
        return []
    }
}

extension ExecutionsScreen {
    private mutating func goToFailure(forward: Bool) -> [Effect] {
        list.goToNext(forward: forward) { $0.status.isFailure } ? [] : [.notice("none of these failed")]
    }

    private func start() -> [Effect] {
        guard let machineARN else { return [.notice("there is no state machine yet")] }
        let input = shownDetail.flatMap { $0.start.machineARN == machineARN ? $0.start.input : nil }
        return [.open(.start(machine: machineARN, input: input))]
    }

    private func again() -> [Effect] {
        guard let detail = shownDetail else { return [.notice("choose an execution first")] }
        guard !detail.isHistoryGone else { return [.notice("its input is no longer kept")] }
        return [
            .execute(.start(machine: detail.start.machineARN, input: detail.start.input)),
            .notice("starting \(detail.machineName) with the same input"),
        ]
    }

    private func stop() -> [Effect] {
        guard let row = selectedRow, !row.status.isOver else { return [.notice("it does not run")] }
        return [.ask("Stop \(row.name)?", then: .execute(.stop(row.arn)))]
    }

    private func redrive() -> [Effect] {
        guard let row = selectedRow, row.status.isFailure else { return [.notice("only what failed can be redriven")] }
        return [.ask("Redrive \(row.name)?", then: .execute(.redrive(row.arn)))]
    }

    private func openLogs() -> [Effect] {
        let ids = shownDetail?.invocations.sorted { $0.key < $1.key }.map(\.value) ?? []
        guard let last = ids.last else { return [.notice("no function ran for it")] }
        return [.open(.logs(filter: "req:\(last)"))]
    }

    private var filterMenu: ChoiceMenu<ExecutionFilter> {
        var entries: [ChoiceMenu<ExecutionFilter>.Entry] = []
        func add(_ key: Character, _ title: String, _ detail: String, _ choice: ExecutionFilter) {
            entries.append(ChoiceMenu.Entry(key: key, title: title, detail: detail, choice: choice))
        }
        if let row = selectedRow { add("m", "this machine", row.machine, .machine(row.machineARN)) }
        let counts = page?.counts ?? [:]
        func count(_ statuses: Set<ExecutionStatus>) -> String {
            Format.count(statuses.reduce(0) { $0 + (counts[$1] ?? 0) })
        }
        add("r", "running", count([.running]), .status([.running]))
        add("x", "failed", count(.failures), .status(.failures))
        add("s", "succeeded", count([.succeeded]), .status([.succeeded]))
        for (digit, machine) in zip("123456789", page?.machines ?? []) {
            add(digit, "machine \(machine.name)", machine.type.lowercased(), .machine(machine.arn))
        }
        add("a", "all", "", .all)
        return ChoiceMenu(title: "show only", choices: entries)
    }

    private func copyChoices(_ row: ExecutionRow) -> [CopyChoice] {
        var choices = [CopyChoice(title: "ARN", text: row.arn), CopyChoice(title: "name", text: row.name)]
        if let detail = shownDetail, !detail.isHistoryGone {
            choices.append(CopyChoice(title: "input", text: detail.start.input.prettyJSON))
        }
        choices.append(
            CopyChoice(
                title: "aws command",
                text: "aws stepfunctions describe-execution --execution-arn \(Shell.quoted(row.arn))"))
        choices.append(
            CopyChoice(title: "fntop command", text: "fntop executions show \(Shell.quoted(row.name))"))
        return choices
    }
}

extension ExecutionStart {
    /// Opens the trace that it is a part of.
    var openTrace: [Effect] {
        let header = TraceHeader(traceHeader)
        guard !header.root.isEmpty else { return [.notice("it belongs to no trace")] }
        return [.open(.trace(header.root, span: header.parent))]
    }
}

extension Set<ExecutionStatus> {
    static let failures: Set<ExecutionStatus> = [.failed, .timedOut, .aborted]
}

extension String {
    /// Indented, if it is JSON.
    var prettyJSON: String { (try? JSON(parsing: self))?.prettyText ?? self }
}
