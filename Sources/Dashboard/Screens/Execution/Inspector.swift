import JSON
import StatesLanguage
import Telemetry
import TelemetryStore
import Terminal

enum InspectorTab: String, Hashable, Sendable, CaseIterable {
    case input, output, steps, definition, variables, attempts, logs

    var title: String { rawValue.capitalizedFirst }

    /// Where the titles have no room.
    var shortTitle: String {
        switch self {
        case .input: "In"
        case .output: "Out"
        case .definition: "Def"
        case .variables: "Vars"
        case .attempts: "Tries"
        case .steps, .logs: title
        }
    }
}

/// The pane beside the graph: one thing about the selected state at a time.
struct Inspector: Sendable {
    var tab = InspectorTab.input
    private(set) var subject: InspectedState?
    /// JSON to walk through; what is open stays open while the text stays the same.
    private(set) var view: PayloadView?
    private var shown: Shown?
    /// Text that is no tree.
    private(set) var lines: [[Run]] = []
    var cursor = PaneCursor()
    private(set) var attemptRows = 0
    private var time = Timestamp(microseconds: 0)

    private struct Shown: Hashable {
        var tab: InspectorTab
        var visit: Int?
        var name: String?
        var text: String
    }

    mutating func show(_ subject: InspectedState, at time: Timestamp) {
        self.subject = subject
        self.time = time
        attemptRows = subject.visit.map { Self.attemptRows($0) } ?? 0
        update()
    }

    /// A row an attempt, and one a wait.
    private static func attemptRows(_ visit: StateVisit) -> Int {
        visit.isContainer ? 0 : 2 * visit.attempts.count - (visit.isWaitingToRetry ? 0 : 1)
    }

    mutating func turn(by step: Int) {
        let tabs = InspectorTab.allCases
        let place = tabs.firstIndex(of: tab) ?? 0
        turn(to: tabs[(place + step + tabs.count) % tabs.count])
    }

    mutating func turn(to tab: InspectorTab) {
        self.tab = tab
        cursor = PaneCursor()
        update()
    }

    private mutating func update() {
        guard let subject else { return }
        (view, lines) = (tree(of: subject), [])
        guard view == nil else { return }
        shown = nil
        lines = text(of: subject)
    }

    /// The JSON of the tab, if that is what it shows.
    private mutating func tree(of subject: InspectedState) -> PayloadView? {
        let text: String? =
            switch tab {
            case .input: subject.input
            case .output: subject.failure == nil || subject.output != nil ? subject.output : nil
            case .definition: subject.definition?.source.text
            default: nil
            }
        guard let text else { return nil }
        let now = Shown(tab: tab, visit: subject.visit?.index, name: subject.name, text: text)
        if now == shown, let view { return view }
        shown = now
        return PayloadView(text: text)
    }

    mutating func move(by step: Int, height: Int) {
        if view != nil {
            view?.move(by: step, height: height)
        } else {
            cursor.scroll(by: step, count: lines.count, height: height)
        }
    }

    mutating func select(row: Int, height: Int) { view?.select(row: row, height: height) }

    mutating func toggle(height: Int) { view?.toggle(height: height) }

    private func text(of subject: InspectedState) -> [[Run]] {
        guard let visit = subject.visit else {
            return [[Run("not reached", .dim)], [Run("it was not entered up to this moment", .dim)]]
        }
        switch tab {
        case .input: return [[Run("its input was not seen", .dim)]]
        case .output:
            if let failure = subject.failure { return FailureText.lines(failure.error, failure.cause) }
            return [[Run(visit.isOpen ? "it still runs" : "it gave nothing on: \(visit.status.word)", .dim)]]
        case .steps: return StepsText.lines(subject)
        case .definition: return [[Run("the definition is not known", .dim)]]
        case .variables: return Self.variables(subject)
        case .attempts: return AttemptsText.lines(visit, time: time, isLong: true)
        case .logs: return [[Run("no function ran for it, or nothing was logged", .dim)]]
        }
    }

    private static func variables(_ subject: InspectedState) -> [[Run]] {
        let variables = subject.variables
        guard !variables.isEmpty else { return [[Run("no variable was assigned up to this moment", .dim)]] }
        return variables.flatMap { name, value, state -> [[Run]] in
            let value = Secrets.isSecret(name) ? Secrets.mask : value.prettyMaskedJSON
            let rows = value.split(separator: "\n", omittingEmptySubsequences: false).prefix(40).map(String.init)
            var first = [Run("$\(name)", .key), Run(" = ", .dim)] + EventInk.runs(rows.first ?? "")
            if rows.count == 1 { first.append(Run("  \(state)", .dim)) }
            return [first] + rows.dropFirst().map { EventInk.runs($0) }
        }
    }
}

extension String {
    /// Indented and with secrets masked, if it is JSON.
    var prettyMaskedJSON: String { (try? JSON(parsing: self)).map { Secrets.masked($0).prettyText } ?? self }
}
