import Telemetry

/// What is kept of an execution.
struct ExecutionRecord: Sendable {
    /// Of the first start; a redrive is no start of its own.
    var start: ExecutionStart
    let startTime: Timestamp
    var end: ExecutionEnd?
    var endTime: Timestamp?
    var events = HistoryEvents()
    var progress = HistoryProgress()
    var invocations: [Int: RequestID] = [:]
    /// Bytes of the history, the definition, input and output.
    var bytes = 0
    /// The row as it was when the history left.
    var lastRow: ExecutionRow?
    /// The history does not begin with the first event: something was not seen.
    var hasHoles = false

    var status: ExecutionStatus { end?.status ?? .running }
    var isShed: Bool { lastRow != nil }

    init(start: ExecutionStart, at time: Timestamp) {
        self.start = start
        startTime = time
        bytes = Self.weight(start)
    }

    private static func weight(_ start: ExecutionStart) -> Int {
        512 + start.definition.utf8.count + start.input.utf8.count
    }

    mutating func take(_ new: [HistoryEvent]) {
        for event in new {
            if let last = events.last {
                // The same part of a history again: a source that starts over tells all it knows.
                guard event.id > last.id else { continue }
                hasHoles = hasHoles || event.id != last.id &+ 1
            } else {
                hasHoles = event.id != 1
            }
            let visits = progress.visits.count
            progress.take(event)
            events.append(event)
            bytes += event.approximateBytes + (progress.visits.count - visits) * 320
        }
    }

    /// Only the row of the list stays.
    mutating func shed() {
        var row = row
        row.isHistoryGone = true
        lastRow = row
        events = HistoryEvents()
        progress = HistoryProgress()
        invocations = [:]
        start.definition = ""
        start.input = ""
        end?.output = nil
        bytes = 512
    }

    var row: ExecutionRow {
        var row = lastRow ?? ExecutionRow(start, at: startTime)
        row.status = status
        row.ended = endTime
        row.error = end?.error ?? row.error
        row.redriveCount = start.redriveCount
        guard lastRow == nil else { return row }
        row.eventCount = events.count
        row.strip = progress.outline.suffix(ExecutionRow.stripLimit).map { ExecutionRow.Cell(progress.visits[$0]) }
        row.stateCount = progress.outline.count
        row.state = (progress.failed ?? progress.open.max() ?? progress.active).map { progress.visits[$0].name }
        return row
    }
}
