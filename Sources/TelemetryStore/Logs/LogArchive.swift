import DequeModule
package import Telemetry

/// All log lines that are kept: chunks, oldest first, up to a cap in bytes.
struct LogArchive {
    private var sealed: Deque<LogChunk> = []
    private var open: LogChunk
    private(set) var streams: [StreamKey] = []
    private(set) var streamFacts: [LogStreamFacts] = []
    private var places: [StreamKey: UInt32] = [:]
    /// Streams of which no line is left; may have lines again by now.
    private var emptied: Deque<UInt32> = []
    private var footprint = 0
    private(set) var evictedLines = 0
    private(set) var lines = 0
    let cap: Int
    /// Up to so many streams are known also when all their lines have left.
    private let streamsKept: Int

    /// - Parameter cap: bytes of memory; what is over it leaves, oldest first.
    init(cap: Int, streamsKept: Int = 20_000) {
        self.streamsKept = streamsKept
        self.cap = max(cap, 2 * LogChunk.capacity)
        open = LogChunk(number: 0, firstID: 1)
    }

    var bytes: Int { footprint + open.footprint }

    mutating func take(_ batch: LogBatch) {
        guard batch.count > 0 else { return }
        let stream = place(of: StreamKey(group: batch.group, stream: batch.stream, function: batch.function))
        note(batch, Int(stream))
        var next = 0
        while next < batch.count {
            next = open.take(batch, from: next, stream: stream)
            if open.isFull { seal() }
        }
        lines += batch.count
    }

    private mutating func place(of key: StreamKey) -> UInt32 {
        if let place = places[key] { return place }
        if let place = takeEmptied() {
            places[streams[Int(place)]] = nil
            places[key] = place
            streams[Int(place)] = key
            streamFacts[Int(place)] = LogStreamFacts(key: key)
            return place
        }
        let place = UInt32(streams.count)
        places[key] = place
        streams.append(key)
        streamFacts.append(LogStreamFacts(key: key))
        return place
    }

    /// The place of a stream without lines, when there are enough streams.
    private mutating func takeEmptied() -> UInt32? {
        guard streams.count >= streamsKept else { return nil }
        while let place = emptied.popFirst() {
            if streamFacts[Int(place)].lines == 0 { return place }
        }
        return nil
    }

    private mutating func note(_ batch: LogBatch, _ stream: Int) {
        guard let first = batch.entries.first, let last = batch.entries.last else { return }
        streamFacts[stream].first = min(streamFacts[stream].first ?? first.time, first.time)
        streamFacts[stream].last = max(streamFacts[stream].last ?? last.time, last.time)
        streamFacts[stream].bytes += batch.bytes.count
        streamFacts[stream].lines += batch.count
    }

    private mutating func seal() {
        let next = LogChunk(number: open.number + 1, firstID: open.endID)
        open.seal()
        footprint += open.footprint
        sealed.append(open)
        open = next
        while footprint > cap, let oldest = sealed.popFirst() {
            footprint -= oldest.footprint
            lines -= oldest.count
            evictedLines += oldest.count
            takeOff(oldest)
        }
    }

    private mutating func takeOff(_ chunk: LogChunk) {
        for line in 0..<chunk.count {
            let place = Int(chunk.streams[line])
            streamFacts[place].bytes = max(streamFacts[place].bytes - chunk.range(line).count, 0)
            streamFacts[place].lines -= 1
            guard streamFacts[place].lines == 0 else { continue }
            streamFacts[place].bytes = 0
            emptied.append(chunk.streams[line])
        }
    }

    var snapshot: LogSnapshot { LogSnapshot(chunks: Array(sealed) + [open], streams: streams) }
}

/// A log stream as DescribeLogStreams tells it.
package struct LogStreamFacts: Hashable, Sendable {
    package var key: StreamKey
    package var first: Timestamp?
    package var last: Timestamp?
    package var bytes = 0
    package var lines = 0

    init(key: StreamKey) { self.key = key }
}
