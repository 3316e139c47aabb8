import DequeModule
import Telemetry

/// The tables and what was done with them, up to a number of bytes; the oldest seconds leave first.
struct TableArchive: Sendable {
    private(set) var tables: [String: TableState] = [:]
    /// In words of four bytes.
    private(set) var weight = 0
    private let mostWeight: Int
    private var ignored = 0
    private var evictedSeconds = 0

    /// Four times what an account has in a region; more is an attack, not an application.
    private static let mostTables = 10_000

    /// - Parameter cap: bytes for seconds, durations and keys.
    init(cap: Int) { mostWeight = max(cap / 4, 1) }

    mutating func take(_ call: ServiceCall, at time: Timestamp) {
        guard call.service == "dynamodb", !call.resource.isEmpty else { return }
        let name = Self.name(call.resource)
        // A call that failed is no sign of a table: it may have asked for one that is not there.
        guard tables[name] != nil || call.status < 400 else { return }
        guard makeRoom(for: name) else { return }
        weight += tables[name, default: TableState(name)].take(call, at: time)
        if weight > mostWeight { trim() }
        guard call.status < 400, TableOperationKind(call.operation) == .other else { return }
        switch call.operation {
        case "CreateTable": tables[name]?.isDeleted = false
        case "DeleteTable": tables[name]?.isDeleted = true
        default: break
        }
    }

    mutating func changed(_ description: TableDescription) {
        guard makeRoom(for: description.name) else { return }
        tables[description.name, default: TableState(description.name)].description = description
        tables[description.name]?.isDescribed = true
        tables[description.name]?.isDeleted = false
    }

    mutating func deleted(_ name: String) { tables[name]?.isDeleted = true }

    /// What is not kept, by kind.
    var evicted: [String: Int] {
        ["table": ignored, "table second": evictedSeconds].filter { $0.value > 0 }
    }

    /// Tables that are gone make room for others.
    private mutating func makeRoom(for name: String) -> Bool {
        guard tables[name] == nil, tables.count >= Self.mostTables else { return true }
        guard let gone = tables.first(where: { $0.value.isDeleted }) else {
            ignored += 1
            return false
        }
        weight -= gone.value.weight
        tables[gone.key] = nil
        return true
    }

    /// Tables may be named by ARN: `arn:aws:dynamodb:us-east-1:000000000000:table/orders`.
    private static func name(_ resource: String) -> String {
        guard resource.hasPrefix("arn:"), let mark = resource.firstRange(of: ":table/") else { return resource }
        return String(resource[mark.upperBound...].prefix { $0 != "/" })
    }

    /// An eighth leaves at once, so that it is seldom looked for.
    private mutating func trim() {
        var bySecond: [Int64: Int] = [:]
        for state in tables.values {
            for series in state.series {
                for record in series.seconds.seconds {
                    bySecond[record.second, default: 0] += 24 + record.durations.count
                }
            }
            for minute in state.keys.minutes {
                bySecond[minute.minute * 60, default: 0] += HotKeyMinutes.weightOfMinute
            }
        }
        var excess = weight - mostWeight / 8 * 7
        for (second, weight) in bySecond.sorted(by: { $0.key < $1.key }) where excess > 0 {
            excess -= weight
            guard excess <= 0 else { continue }
            for name in tables.keys { evictedSeconds += tables[name]?.drop(before: second + 1) ?? 0 }
        }
        weight = tables.values.reduce(0) { $0 + $1.weight }
    }
}
