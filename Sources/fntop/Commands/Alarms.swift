import ArgumentParser
import JSON
import Telemetry
import TelemetryStore
import Terminal

struct Alarms: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the alarms, those that fire first.",
        discussion:
            "Exits with 1 when an alarm fires and --fail is given. With --json each line is one of DescribeAlarms."
    )

    @Argument(help: "Only these alarms; * stands for any characters.")
    var names: [String] = []

    @Option(help: "Only those in this state: OK, ALARM or INSUFFICIENT_DATA.")
    var state: String?

    @Flag(help: "One JSON object an alarm and line.")
    var json = false

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let wanted = try state.map { try Self.state($0) }
        let attached = try await AttachedStore.open(try endpoint.address())
        defer { attached.close() }
        let now = Timestamp.now()
        let globs = names.map { Glob($0) }
        let rows = await attached.store.alarmRows(in: TimeWindow(last: .seconds(3600), until: now + .seconds(1)))
            .filter { row in
                (wanted == nil || row.state == wanted) && (globs.isEmpty || globs.contains { $0.matches(row.name) })
            }
            .sorted { ($0.state.order, $0.name) < ($1.state.order, $1.name) }
        guard !json else {
            for row in rows { Console.say(row.record.alarm.configuration.text) }
            return
        }
        Console.say(Self.table(rows, now))
    }

    private static func state(_ text: String) throws -> AlarmDescription.State {
        guard let state = AlarmDescription.State(rawValue: text.uppercased().replacing("-", with: "_")) else {
            let all = AlarmDescription.State.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\(text) is no state; there are \(all).")
        }
        return state
    }

    private static func table(_ rows: [AlarmRow], _ now: Timestamp) -> String {
        let cells = rows.map { row in
            [
                row.state.rawValue, row.name,
                row.series?.points.last.map { Format.decimal($0.value, places: 2) } ?? Format.none,
                row.plan.threshold.map { Format.decimal($0, places: 2) } ?? Format.none,
                Format.age(microseconds: max(now - row.record.alarm.since, .zero).count), row.record.alarm.condition,
            ]
        }
        return TextTable.text(["STATE", "NAME", "VALUE", "OF", "SINCE", "CONDITION"], cells, right: [2, 3])
    }
}

extension AlarmDescription.State {
    fileprivate var order: Int {
        switch self {
        case .alarm: 0
        case .insufficientData: 1
        case .ok: 2
        }
    }
}
