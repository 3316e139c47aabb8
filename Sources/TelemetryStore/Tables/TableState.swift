import DequeModule
import Telemetry

/// All that is known of one table.
struct TableState: Sendable {
    var description: TableDescription
    /// Told by the table's service, and not only seen in calls.
    var isDescribed = false
    var isDeleted = false
    private(set) var series: [TableSeries] = []
    private(set) var keys = HotKeyMinutes()
    /// The latest, oldest first.
    private(set) var calls: Deque<InvocationDetail.TimedCall> = []
    private(set) var lastCall: Timestamp?

    static let callsKept = 100
    /// Operations times indexes beyond this are an attack, not an application.
    private static let mostSeries = 200

    init(_ name: String) { description = TableDescription(name: name, status: "") }

    var weight: Int { series.reduce(keys.weight) { $0 + $1.seconds.weight } }

    /// - Returns: how much heavier it became.
    mutating func take(_ call: ServiceCall, at time: Timestamp) -> Int {
        lastCall = max(lastCall ?? time, time)
        calls.append(InvocationDetail.TimedCall(time: time, call: call))
        if calls.count > Self.callsKept { calls.removeFirst() }
        guard let place = place(of: call) else { return 0 }
        var added = -series[place].seconds.weight - keys.weight
        series[place].seconds.change(at: time) { $0.take(call) }
        if let key = call.usage?.partitionKey, !key.isEmpty { keys.take(key, second: time.seconds) }
        added += series[place].seconds.weight + keys.weight
        return added
    }

    private mutating func place(of call: ServiceCall) -> Int? {
        let index = call.usage?.index
        if let place = series.firstIndex(where: { $0.operation == call.operation && $0.index == index }) {
            return place
        }
        guard series.count < Self.mostSeries else { return nil }
        series.append(TableSeries(operation: call.operation, index: index))
        return series.count - 1
    }

    /// - Returns: how many seconds left.
    mutating func drop(before second: Int64) -> Int {
        keys.drop(before: second)
        return series.indices.reduce(0) { $0 + series[$1].seconds.drop(before: second) }
    }
}
