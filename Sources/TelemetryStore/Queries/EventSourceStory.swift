package import Telemetry

/// An event source mapping: what reads a stream or a queue for a function, and how that went.
package struct EventSourceStory: Hashable, Sendable {
    package var id: String
    package var function: String
    package var source: String
    /// `Enabled`, `Disabled`, …
    package var state: String
    package private(set) var isDeleted = false
    /// The latest, oldest first.
    package private(set) var steps: [Step] = []
    /// Steps that were older.
    package private(set) var droppedSteps = 0
    /// Batches by what became of them.
    package private(set) var batches: [EventSourceChange.Step: Int] = [:]
    package private(set) var deliveredRecords = 0
    package private(set) var discardedRecords = 0
    /// The sequence number up to which all records are dealt with, and since when.
    package private(set) var position = ""
    package private(set) var positionTime: Timestamp?

    static let stepsKept = 200

    package struct Step: Hashable, Sendable {
        package var time: Timestamp
        package var change: EventSourceChange

        package init(time: Timestamp, change: EventSourceChange) {
            self.time = time
            self.change = change
        }
    }

    package init(_ change: EventSourceChange) {
        id = change.id
        function = change.function
        source = change.source
        state = change.state
    }

    package mutating func take(_ change: EventSourceChange, at time: Timestamp) {
        (function, source, state) = (change.function, change.source, change.state)
        isDeleted = change.step == .deleted
        steps.append(Step(time: time, change: change))
        if steps.count > Self.stepsKept {
            // A quarter at once, so that the rest is seldom moved.
            steps.removeFirst(Self.stepsKept / 4)
            droppedSteps += Self.stepsKept / 4
        }
        batches[change.step, default: 0] += 1
        switch change.step {
        case .delivered: deliveredRecords = deliveredRecords.addingReportingOverflow(change.records).partialValue
        case .discarded: discardedRecords = discardedRecords.addingReportingOverflow(change.records).partialValue
        default: return
        }
        guard !change.last.isEmpty else { return }
        if position.isEmpty || SequenceNumber.isBefore(position, change.last) { position = change.last }
        positionTime = max(positionTime ?? time, time)
    }

    /// What became of the last batch.
    package var lastResult: Step? { steps.last { $0.change.step != .changed && $0.change.step != .deleted } }

    /// The table whose stream it reads: of `arn:…:table/orders/stream/2026-…`.
    package var table: String? {
        guard let mark = source.firstRange(of: ":table/") else { return nil }
        let parts = source[mark.upperBound...].split(separator: "/", maxSplits: 2)
        return parts.count >= 2 && parts[1] == "stream" ? String(parts[0]) : nil
    }
}

/// Sequence numbers of streams: decimal numbers of any length.
enum SequenceNumber {
    static func isBefore(_ first: String, _ second: String) -> Bool {
        let (left, right) = (first.utf8.drop { $0 == 0x30 }, second.utf8.drop { $0 == 0x30 })
        return left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
    }
}
