import CSearch
import Telemetry

/// Up to a mebibyte of log lines, as bytes with an index of 21 bytes a line.
///
/// A value: who holds a copy is not disturbed by lines that come later.
struct LogChunk: Sendable {
    /// Grows from chunk to chunk; names the chunk in caches.
    let number: Int
    let firstID: UInt64
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [UInt32] = []
    /// Microseconds since 1970.
    private(set) var times: [Int64] = []
    private(set) var levels: [UInt8] = []
    /// Places in the store's list of streams.
    private(set) var streams: [UInt32] = []
    /// Places in `requestIDs`, counted from 1; 0 for none.
    private(set) var requests: [UInt32] = []
    private(set) var requestIDs: [RequestID] = []
    /// What the chunk has at all, so that a search can pass it by.
    private(set) var summary = LogChunkSummary()

    /// A chunk with this many bytes takes no more lines.
    static let capacity = 1 << 20
    /// A longer line is cut, and ends with how much is missing.
    static let longestLine = 1 << 20

    init(number: Int, firstID: UInt64) {
        self.number = number
        self.firstID = firstID
    }

    var count: Int { ends.count }
    var isFull: Bool { bytes.count >= Self.capacity || ends.count >= Self.capacity / 16 }
    var endID: UInt64 { firstID + UInt64(count) }

    /// What the chunk takes in memory.
    var footprint: Int {
        bytes.capacity + ends.capacity * 4 + times.capacity * 8 + levels.capacity + streams.capacity * 4
            + requests.capacity * 4 + requestIDs.capacity * 16
    }

    /// Takes lines of a batch from `start` on until the chunk is full.
    ///
    /// - Returns: the first line that was not taken.
    mutating func take(_ batch: LogBatch, from start: Int, stream: UInt32) -> Int {
        var index = start
        if index < batch.count, !isFull { summary.streams.insert(stream) }
        batch.bytes.withUnsafeBufferPointer { source in
            while index < batch.count, !isFull {
                append(UnsafeBufferPointer(rebasing: source[batch.range(index)]), batch.entries[index], stream)
                index += 1
            }
        }
        return index
    }

    private mutating func append(_ line: UnsafeBufferPointer<UInt8>, _ entry: LogBatch.Entry, _ stream: UInt32) {
        if line.count > Self.longestLine {
            bytes.append(contentsOf: line.prefix(Self.longestLine))
            bytes.append(contentsOf: "… \(line.count - Self.longestLine) more bytes".utf8)
        } else {
            bytes.append(contentsOf: line)
        }
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
        times.append(entry.time.microseconds)
        let level = cs_log_level(line.baseAddress, line.count)
        levels.append(level)
        summary.note(time: entry.time.microseconds, level: level)
        streams.append(stream)
        requests.append(place(of: entry.requestID))
    }

    private mutating func place(of id: RequestID?) -> UInt32 {
        guard let id else { return 0 }
        if let last = requests.last, last > 0, requestIDs[Int(last) - 1] == id { return last }
        // Lines of a few invocations alternate: their ids are among the last ones.
        for place in stride(from: requestIDs.count, to: max(requestIDs.count - 16, 0), by: -1)
        where requestIDs[place - 1] == id {
            return UInt32(place)
        }
        requestIDs.append(id)
        return UInt32(requestIDs.count)
    }

    /// Gives back what was reserved for lines that never came.
    mutating func seal() {
        bytes = bytes.fitted
        ends = ends.fitted
        times = times.fitted
        levels = levels.fitted
        streams = streams.fitted
        requests = requests.fitted
        requestIDs = requestIDs.fitted
    }

    func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
    }

    func requestID(_ index: Int) -> RequestID? {
        let place = Int(requests[index])
        return place == 0 ? nil : requestIDs[place - 1]
    }

    /// The line that holds the byte at that offset.
    func line(at offset: Int) -> Int {
        var low = 0
        var high = ends.count
        while low < high {
            let middle = (low + high) / 2
            if Int(ends[middle]) <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func logLine(_ index: Int, _ streams: [StreamKey]) -> LogLine {
        let key = streams[Int(self.streams[index])]
        return LogLine(
            id: firstID + UInt64(index),
            time: Timestamp(microseconds: times[index]),
            level: LogLevel(rawValue: levels[index]) ?? .none,
            group: key.group,
            stream: key.stream,
            function: key.function,
            requestID: requestID(index),
            message: Array(bytes[range(index)])
        )
    }
}

extension Array {
    /// A copy without room to grow; a slice of all would share the room.
    fileprivate var fitted: [Element] {
        capacity > count ? withUnsafeBufferPointer { Array($0) } : self
    }
}
