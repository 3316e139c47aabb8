import NIOCore
import Synchronization

/// Bytes on their way from a connection to the one who reads them; asks the connection for more when it runs low.
final class ByteMailbox: Sendable {
    private struct State {
        var hasBegun = false
        var channel: (any Channel)?
        var chunks: [[UInt8]] = []
        var count = 0
        var reader: CheckedContinuation<[UInt8]?, any Error>?
        var ending: Result<Void, HTTPClientError>?
    }

    private static let high = 1024 * 1024
    private let state = Mutex(State())

    /// - Returns: whether this is the first call.
    func begin() -> Bool {
        state.withLock { state in
            defer { state.hasBegun = true }
            return !state.hasBegun
        }
    }

    func attach(_ channel: any Channel) {
        let isOver = state.withLock { state in
            state.channel = channel
            return state.ending != nil
        }
        if isOver { channel.close(promise: nil) } else { channel.read() }
    }

    var wantsMore: Bool { state.withLock { $0.count < Self.high && $0.ending == nil } }

    func put(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        let reader = state.withLock { state -> CheckedContinuation<[UInt8]?, any Error>? in
            if let reader = state.reader {
                state.reader = nil
                return reader
            }
            state.chunks.append(bytes)
            state.count += bytes.count
            return nil
        }
        reader?.resume(returning: bytes)
    }

    func finish(_ error: HTTPClientError?) {
        let reader = state.withLock { state -> CheckedContinuation<[UInt8]?, any Error>? in
            guard state.ending == nil else { return nil }
            state.ending = error.map { .failure($0) } ?? .success(())
            defer { state.reader = nil }
            return state.reader
        }
        guard let error else {
            reader?.resume(returning: nil)
            return
        }
        reader?.resume(throwing: error)
    }

    func close() {
        finish(nil)
        state.withLock { $0.channel }?.close(promise: nil)
    }

    /// All that has come since the last call, as soon as there is something.
    func next() async throws -> [UInt8]? {
        try await withCheckedThrowingContinuation { continuation in
            let answer = state.withLock { state -> Result<[UInt8]?, any Error>? in
                if !state.chunks.isEmpty {
                    let all = state.chunks.count == 1 ? state.chunks[0] : Array(state.chunks.joined())
                    state.chunks = []
                    state.count = 0
                    return .success(all)
                }
                if let ending = state.ending { return ending.map { nil }.mapError { $0 } }
                state.reader = continuation
                return nil
            }
            state.withLock { $0.channel }?.read()
            if let answer { continuation.resume(with: answer) }
        }
    }
}
