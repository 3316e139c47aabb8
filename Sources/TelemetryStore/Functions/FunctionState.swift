import Telemetry

/// All that is known of one function.
struct FunctionState: Sendable {
    var description: FunctionDescription
    var isDeleted = false
    var seconds = FunctionSeconds()
    var inFlight = 0
    var lastInvocation: Timestamp?
    var lastStatus: InvocationEnd.Status?
    private(set) var environments: [String: EnvironmentRecord] = [:]
    /// Environments that have not ended.
    private var alive = 0
    private(set) var resources = ResourceSeconds()

    /// Ended environments beyond this are forgotten, oldest first.
    private static let endedKept = 50

    init(_ description: FunctionDescription) { self.description = description }

    mutating func started(_ start: InvocationStart, at time: Timestamp) {
        resources.started(start, at: time, whole: seconds, limit: limit)
        inFlight += 1
        noteRunning(at: time)
    }

    /// - Parameter start: how it began, when that was seen.
    mutating func finished(_ end: InvocationEnd, of start: InvocationStart?, at time: Timestamp) {
        let before = running
        inFlight = max(inFlight - 1, 0)
        let after = running
        seconds.change(at: time) { $0.add(end, running: before, after: after) }
        let begun = start ?? InvocationStart(requestID: end.requestID, function: end.function, trigger: "")
        resources.finished(end, of: begun, at: time, limit: limit)
        lastInvocation = max(lastInvocation ?? time, time)
        lastStatus = end.status
        environments[end.environment]?.invocations += end.status == .throttled ? 0 : 1
    }

    /// What waits for an environment, or was answered and is still noted down, does not run: there is no more at once
    /// than there are environments, where these are told of.
    private var running: Int { min(inFlight, limit) }
    private var limit: Int { alive > 0 ? alive : .max }

    private mutating func noteRunning(at time: Timestamp) {
        let count = running
        seconds.change(at: time) { $0.runs(count) }
    }

    mutating func changed(_ change: EnvironmentChange, at time: Timestamp) {
        var record = environments[change.id] ?? EnvironmentRecord(change: change, started: time)
        var merged = change
        merged.initDuration = change.initDuration ?? record.change.initDuration
        merged.runtimeStart = change.runtimeStart ?? record.change.runtimeStart
        if merged.processID == 0 { merged.processID = record.change.processID }
        if merged.residentBytes == 0 { merged.residentBytes = record.change.residentBytes }
        if merged.logStream.isEmpty { merged.logStream = record.change.logStream }
        record.change = merged
        let wasAlive = environments[change.id].map { $0.ended == nil } ?? false
        if change.state == .ended || change.state == .failed { record.ended = time }
        environments[change.id] = record
        if wasAlive != (record.ended == nil) {
            alive += wasAlive ? -1 : 1
            if inFlight > 0 { noteRunning(at: time) }
        }
        forgetOldest()
    }

    private mutating func forgetOldest() {
        let ended = environments.values.filter { $0.ended != nil }
        guard ended.count > Self.endedKept else { return }
        let order = ended.sorted { ($0.ended ?? $0.started) < ($1.ended ?? $1.started) }
        for record in order.prefix(ended.count - Self.endedKept) { environments[record.change.id] = nil }
    }

    func summary(_ window: TimeWindow, buckets: Int) -> FunctionSummary {
        var summary = FunctionSummary(function: description)
        summary.inFlight = inFlight
        summary.lastInvocation = lastInvocation
        summary.lastStatus = lastStatus
        let alive = environments.values.filter { $0.ended == nil }
        summary.environments = alive.count
        summary.busyEnvironments = alive.count { $0.change.state == .busy }
        summary.invocationSeries = Array(repeating: 0, count: buckets)
        summary.errorSeries = Array(repeating: 0, count: buckets)
        var durations: [UInt32] = []
        var inits: [UInt32] = []
        for second in seconds.within(window) {
            summary.invocations += second.invocations
            summary.errors += second.errors
            summary.throttles += second.throttles
            summary.coldStarts += second.inits.count
            summary.maxMemoryUsedMiB = max(summary.maxMemoryUsedMiB, second.maxMemoryUsedMiB)
            durations += second.durations
            inits += second.inits
            guard buckets > 0 else { continue }
            let bucket = window.bucket(of: second.second, of: buckets)
            summary.invocationSeries[bucket] += second.invocations
            summary.errorSeries[bucket] += second.errors
        }
        summary.latency = Percentiles(durations)
        summary.initLatency = Percentiles(inits)
        return summary
    }

    func buckets(_ window: TimeWindow, count: Int) -> [FunctionDetail.Bucket] {
        guard count > 0 else { return [] }
        let width = window.length.count / Int64(count)
        var buckets = (0..<count).map { FunctionDetail.Bucket(start: window.start + Microseconds(width * Int64($0))) }
        var durations = [[UInt32]](repeating: [], count: count)
        for second in seconds.within(window) {
            let index = window.bucket(of: second.second, of: count)
            buckets[index].invocations += second.invocations
            buckets[index].errors += second.errors
            buckets[index].throttles += second.throttles
            buckets[index].coldStarts += second.inits.count
            buckets[index].concurrency = max(buckets[index].concurrency, second.concurrency)
            buckets[index].maxMemoryUsedMiB = max(buckets[index].maxMemoryUsedMiB, second.maxMemoryUsedMiB)
            durations[index] += second.durations
        }
        for index in buckets.indices { buckets[index].latency = Percentiles(durations[index]) }
        return buckets
    }

    func heatmap(_ window: TimeWindow, columns: Int) -> Heatmap {
        var heatmap = Heatmap()
        guard columns > 0 else { return heatmap }
        var counts = [[Int]](repeating: [Int](repeating: 0, count: 32), count: columns)
        var highest = 0
        for second in seconds.within(window) {
            let column = window.bucket(of: second.second, of: columns)
            for duration in second.durations {
                let row = Self.heatRow(duration)
                counts[column][row] += 1
                highest = max(highest, row)
            }
        }
        heatmap.bounds = (0...highest).map { .milliseconds(Int64(1) << Int64($0)) }
        heatmap.counts = counts.map { Array($0.prefix(highest + 1)) }
        return heatmap
    }

    /// Row 0 up to 1 ms, row 1 up to 2 ms, row 2 up to 4 ms, …
    private static func heatRow(_ microseconds: UInt32) -> Int {
        var row = 0
        var bound: UInt64 = 1000
        while UInt64(microseconds) > bound {
            bound *= 2
            row += 1
        }
        return row
    }
}

extension TimeWindow {
    /// The part of the window, of so many equal ones, in which a second begins; the nearest one outside.
    func bucket(of second: Int64, of count: Int) -> Int {
        guard length.count > 0 else { return 0 }
        let offset = Double(second) * 1_000_000 - Double(start.microseconds)
        return min(max(Int(offset / Double(length.count) * Double(count)), 0), count - 1)
    }
}
