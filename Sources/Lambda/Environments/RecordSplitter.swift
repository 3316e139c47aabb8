import Telemetry

/// Cuts what runtime clients write to the descriptor that `_LAMBDA_TELEMETRY_LOG_FD` names into log events.
///
/// A frame is a type (`A5 5A 00 xx`), the length and the time in microseconds since 1970 (big endian), and the message.
struct RecordSplitter {
    private static let headCount = 16
    private var pending: [UInt8] = []
    /// Set when the bytes stopped making sense: from then on all is taken as lines.
    private var lines: LineSplitter?

    mutating func feed(_ bytes: UnsafeRawBufferPointer, emit: (UnsafeRawBufferPointer, Timestamp?) -> Void) {
        guard lines == nil else {
            lines?.feed(bytes) { emit($0, nil) }
            return
        }
        guard !pending.isEmpty else {
            let taken = frames(bytes, emit: emit)
            keep(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(taken)), emit: emit)
            return
        }
        var all: [UInt8] = []
        swap(&all, &pending)
        all.append(contentsOf: bytes)
        all.withUnsafeBytes { all in
            let taken = frames(all, emit: emit)
            keep(UnsafeRawBufferPointer(rebasing: all.dropFirst(taken)), emit: emit)
        }
    }

    private mutating func keep(
        _ rest: UnsafeRawBufferPointer,
        emit: (UnsafeRawBufferPointer, Timestamp?) -> Void
    ) {
        guard !rest.isEmpty else { return }
        let isFrame = zip(rest, [0xA5, 0x5A, 0x00] as [UInt8]).allSatisfy { $0 == $1 }
        guard isFrame, rest.count < 64 * 1024 * 1024 else {
            var lines = LineSplitter()
            lines.feed(rest) { emit($0, nil) }
            self.lines = lines
            return
        }
        pending = Array(rest)
    }

    /// - Returns: how many bytes were whole frames.
    private func frames(
        _ bytes: UnsafeRawBufferPointer,
        emit: (UnsafeRawBufferPointer, Timestamp?) -> Void
    ) -> Int {
        var place = 0
        while bytes.count - place >= Self.headCount {
            guard bytes[place] == 0xA5, bytes[place + 1] == 0x5A, bytes[place + 2] == 0 else { return place }
            let count = Int(number(bytes, place + 4, 4))
            guard count <= bytes.count - place - Self.headCount else { return place }
            let time = Timestamp(microseconds: Int64(truncatingIfNeeded: number(bytes, place + 8, 8)))
            var message = bytes[place + Self.headCount..<place + Self.headCount + count]
            while message.count > LineSplitter.limit {
                emit(UnsafeRawBufferPointer(rebasing: message.prefix(LineSplitter.limit)), time)
                message = message.dropFirst(LineSplitter.limit)
            }
            while message.last == 0x0A { message = message.dropLast() }
            emit(UnsafeRawBufferPointer(rebasing: message), time)
            place += Self.headCount + count
        }
        return place
    }

    private func number(_ bytes: UnsafeRawBufferPointer, _ place: Int, _ count: Int) -> UInt64 {
        bytes[place..<place + count].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Gives what is left when the process has ended.
    mutating func flush(emit: (UnsafeRawBufferPointer, Timestamp?) -> Void) {
        pending.withUnsafeBytes { if !$0.isEmpty { emit($0, nil) } }
        pending = []
        lines?.flush { emit($0, nil) }
    }
}
