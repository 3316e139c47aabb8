import Telemetry

extension TableState {
    func summary(_ window: TimeWindow, buckets: Int) -> TableSummary {
        var summary = TableSummary(table: description)
        summary.isDescribed = isDescribed
        summary.lastCall = lastCall
        summary.readSeries = Array(repeating: 0, count: max(buckets, 0))
        summary.writeSeries = summary.readSeries
        summary.errorSeries = summary.readSeries
        var durations: [UInt32] = []
        for series in series {
            for second in series.seconds.within(window) {
                summary.take(second, series.kind)
                durations += second.durations
                guard buckets > 0 else { continue }
                let bucket = window.bucket(of: second.second, of: buckets)
                switch series.kind {
                case .read: summary.readSeries[bucket] += second.calls
                case .write: summary.writeSeries[bucket] += second.calls
                case .other: break
                }
                summary.errorSeries[bucket] += second.errors + second.throttles
            }
        }
        summary.latency = Percentiles(durations)
        summary.hotKeys = keys.hottest(in: window, limit: Self.keysTold)
        return summary
    }

    private static let keysTold = 20

    func buckets(_ window: TimeWindow, count: Int) -> [TableDetail.Bucket] {
        guard count > 0 else { return [] }
        let width = window.length.count / Int64(count)
        var buckets = (0..<count).map { TableDetail.Bucket(start: window.start + Microseconds(width * Int64($0))) }
        var reads = [[UInt32]](repeating: [], count: count)
        var writes = reads
        for series in series {
            for second in series.seconds.within(window) {
                let place = window.bucket(of: second.second, of: count)
                buckets[place].take(second, series.kind)
                switch series.kind {
                case .read: reads[place] += second.durations
                case .write: writes[place] += second.durations
                case .other: break
                }
            }
        }
        for place in buckets.indices {
            buckets[place].readLatency = Percentiles(reads[place])
            buckets[place].writeLatency = Percentiles(writes[place])
        }
        return buckets
    }

    /// The busiest first.
    func operations(_ window: TimeWindow) -> [TableDetail.Operation] {
        let all = series.compactMap { series -> TableDetail.Operation? in
            var operation = TableDetail.Operation(name: series.operation, index: series.index)
            var durations: [UInt32] = []
            for second in series.seconds.within(window) {
                operation.take(second)
                durations += second.durations
            }
            operation.latency = Percentiles(durations)
            return operation.calls > 0 ? operation : nil
        }
        return all.sorted { ($0.calls, $1.name, $1.index ?? "") > ($1.calls, $0.name, $0.index ?? "") }
    }
}

extension TableSummary {
    fileprivate mutating func take(_ second: TableSecond, _ kind: TableOperationKind) {
        switch kind {
        case .read: reads += second.calls
        case .write: writes += second.calls
        case .other: break
        }
        readUnits += second.readUnits
        writeUnits += second.writeUnits
        throttles += second.throttles
        conditionalFailures += second.conditionalFailures
        errors += second.errors
    }
}

extension TableDetail.Bucket {
    fileprivate mutating func take(_ second: TableSecond, _ kind: TableOperationKind) {
        switch kind {
        case .read: reads += second.calls
        case .write: writes += second.calls
        case .other: break
        }
        readUnits += second.readUnits
        writeUnits += second.writeUnits
        throttles += second.throttles
        conditionalFailures += second.conditionalFailures
        errors += second.errors
    }
}

extension TableDetail.Operation {
    fileprivate mutating func take(_ second: TableSecond) {
        calls += second.calls
        items = items.addingReportingOverflow(second.items).partialValue
        readUnits += second.readUnits
        writeUnits += second.writeUnits
        throttles += second.throttles
        conditionalFailures += second.conditionalFailures
        errors += second.errors
    }
}
