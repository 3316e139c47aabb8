import DequeModule
import Telemetry

/// The executions that are kept: up to a count, and their histories up to a number of bytes.
///
/// The histories of the executions that are over leave first, the oldest before the others; then whole executions.
struct ExecutionArchive {
    private(set) var machines: [String: StateMachineDescription] = [:]
    private(set) var records: Deque<ExecutionRecord> = []
    /// The number of the first record; numbers grow with every record.
    private(set) var first = 0
    private var places: [String: Int] = [:]
    private var requests: [RequestID: (number: Int, event: Int)] = [:]
    /// The numbers of those that ended, in that order.
    private var closed: Deque<Int> = []
    private var bytes = 0
    private(set) var running = 0
    private(set) var evicted = 0
    private(set) var evictedHistories = 0
    private(set) var ignoredMachines = 0
    let capacity: Int
    let historyCap: Int

    private static let mostMachines = 10_000

    init(capacity: Int, historyCap: Int) {
        self.capacity = max(capacity, 1)
        self.historyCap = historyCap
    }

    var historyBytes: Int { bytes }

    mutating func changed(_ machine: StateMachineDescription) {
        guard machines[machine.arn] != nil || machines.count < Self.mostMachines else {
            ignoredMachines += 1
            return
        }
        machines[machine.arn] = machine
    }

    mutating func deleted(_ arn: String) { machines[arn] = nil }

    mutating func started(_ start: ExecutionStart, at time: Timestamp) {
        if let number = place(of: start.arn) {
            change(number) { record in
                record.start.redriveCount = max(record.start.redriveCount, start.redriveCount)
                guard start.redriveCount > 0 else { return }
                (record.end, record.endTime) = (nil, nil)
            }
            return
        }
        append(ExecutionRecord(start: start, at: time))
    }

    mutating func took(_ history: ExecutionHistory) {
        // A history whose start was not seen: what it is of can only be guessed from the ARN.
        if place(of: history.arn) == nil, let time = history.events.first?.time {
            append(.unseen(history.arn, at: time))
        }
        guard let number = place(of: history.arn), !records[number - first].isShed else { return }
        change(number) { record in
            record.take(history.events)
            record.invocations.merge(history.invocations) { _, new in new }
        }
        for (event, request) in history.invocations { requests[request] = (number, event) }
        trim()
    }

    mutating func ended(_ end: ExecutionEnd, at time: Timestamp) {
        if place(of: end.arn) == nil { append(.unseen(end.arn, at: time)) }
        guard let number = place(of: end.arn), records[number - first].end != end else { return }
        change(number) { record in
            record.bytes += end.output?.utf8.count ?? 0
            (record.end, record.endTime) = (end, time)
        }
        closed.append(number)
        trim()
    }

    func place(of arn: String) -> Int? { places[arn].flatMap { $0 >= first ? $0 : nil } }

    subscript(arn: String) -> ExecutionRecord? { place(of: arn).map { records[$0 - first] } }

    /// The newest of a name.
    func named(_ name: String) -> ExecutionRecord? { records.last { $0.start.name == name } }

    func place(of request: RequestID) -> ExecutionPlace? {
        guard let found = requests[request], found.number >= first else { return nil }
        let record = records[found.number - first]
        let visit = record.progress.visit(ofEvent: found.event)
        return ExecutionPlace(
            arn: record.start.arn, execution: record.start.name, machine: record.start.machineARN.machineName,
            event: found.event, state: visit.map { record.progress.visits[$0].name })
    }

    private mutating func append(_ record: ExecutionRecord) {
        places[record.start.arn] = first + records.count
        records.append(record)
        bytes += record.bytes
        if record.status == .running { running += 1 }
        trim()
    }

    private mutating func change(_ number: Int, _ change: (inout ExecutionRecord) -> Void) {
        let before = (records[number - first].bytes, records[number - first].status == .running)
        change(&records[number - first])
        let after = (records[number - first].bytes, records[number - first].status == .running)
        bytes += after.0 - before.0
        if before.1 != after.1 { running += after.1 ? 1 : -1 }
    }
}

// MARK: - Caps

extension ExecutionArchive {
    private mutating func trim() {
        while bytes > historyCap, let number = nextToShed() { shed(number) }
        while records.count > capacity, let oldest = records.popFirst() { forget(oldest) }
    }

    private mutating func nextToShed() -> Int? {
        while let number = closed.popFirst() {
            guard number >= first, records[number - first].end != nil, !records[number - first].isShed else { continue }
            return number
        }
        // Only running ones are left: the oldest of those that have a history.
        return records.firstIndex { !$0.isShed && $0.events.count > 0 }.map { $0 + first }
    }

    private mutating func shed(_ number: Int) {
        for request in records[number - first].invocations.values { requests[request] = nil }
        change(number) { $0.shed() }
        evictedHistories += 1
    }

    private mutating func forget(_ record: ExecutionRecord) {
        if places[record.start.arn] == first { places[record.start.arn] = nil }
        for request in record.invocations.values { requests[request] = nil }
        bytes -= record.bytes
        if record.status == .running { running -= 1 }
        first += 1
        evicted += 1
    }
}

extension ExecutionRecord {
    /// One whose start was not seen. `arn:aws:states:REGION:ACCOUNT:execution:MACHINE:NAME`
    static func unseen(_ arn: String, at time: Timestamp) -> ExecutionRecord {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let machine = parts.count > 6 ? (parts[..<5] + ["stateMachine", parts[6]]).joined(separator: ":") : ""
        let name = parts.count > 7 ? parts[7] : arn
        let isExpress = parts.count > 5 && parts[5] == "express"
        let start = ExecutionStart(
            arn: arn, name: name, machineARN: machine, definition: "", type: isExpress ? "EXPRESS" : "STANDARD",
            input: "")
        var record = ExecutionRecord(start: start, at: time)
        record.hasHoles = true
        return record
    }
}
