import Glibc

/// Cuts a stream of bytes into log events: a line each, or as much of a line as one event may hold.
struct LineSplitter {
    /// Bytes of a log event.
    static let limit = 256 * 1024
    private var pending: [UInt8] = []

    /// - Parameter emit: gets each event without its line feed.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, emit: (UnsafeRawBufferPointer) -> Void) {
        var rest = bytes[...]
        while let start = rest.baseAddressOfSlice, let found = memchr(start, 0x0A, rest.count) {
            let count = UnsafeRawPointer(found) - start
            line(UnsafeRawBufferPointer(rebasing: rest.prefix(count)), emit: emit)
            rest = rest.dropFirst(count + 1)
        }
        pending.append(contentsOf: rest)
        while pending.count > Self.limit {
            pending.withUnsafeBytes { emit(UnsafeRawBufferPointer(rebasing: $0.prefix(Self.limit))) }
            pending.removeFirst(Self.limit)
        }
    }

    /// Gives what came without a line feed, as when a process ends.
    mutating func flush(emit: (UnsafeRawBufferPointer) -> Void) {
        guard !pending.isEmpty else { return }
        pending.withUnsafeBytes { emit($0) }
        pending = []
    }

    private mutating func line(_ bytes: UnsafeRawBufferPointer, emit: (UnsafeRawBufferPointer) -> Void) {
        guard !pending.isEmpty else {
            Self.cut(bytes, emit: emit)
            return
        }
        pending.append(contentsOf: bytes)
        pending.withUnsafeBytes { Self.cut($0, emit: emit) }
        pending.removeAll(keepingCapacity: pending.capacity < 64 * 1024)
    }

    private static func cut(_ line: UnsafeRawBufferPointer, emit: (UnsafeRawBufferPointer) -> Void) {
        var rest = line.last == 0x0D ? line.dropLast() : line[...]
        while rest.count > limit {
            emit(UnsafeRawBufferPointer(rebasing: rest.prefix(limit)))
            rest = rest.dropFirst(limit)
        }
        emit(UnsafeRawBufferPointer(rebasing: rest))
    }
}

extension Slice where Base == UnsafeRawBufferPointer {
    fileprivate var baseAddressOfSlice: UnsafeRawPointer? {
        isEmpty ? nil : base.baseAddress?.advanced(by: startIndex)
    }
}
