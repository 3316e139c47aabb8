import Synchronization

/// Tells readers of streams that there are new records, so that they need not keep asking.
package protocol StreamSignal: Sendable {
    /// - Parameters:
    ///   - stream: the stream's ARN.
    ///   - body: called from the writer; must be short and not block.
    /// - Returns: ends the subscription.
    func subscribe(to stream: String, _ body: @escaping @Sendable () -> Void) -> @Sendable () -> Void
}

/// Where nobody tells of new records: readers ask from time to time.
package struct NoStreamSignal: StreamSignal {
    package init() {}

    package func subscribe(to stream: String, _ body: @escaping @Sendable () -> Void) -> @Sendable () -> Void { {} }
}

/// Passes the word from services that write to streams to those that read them.
package final class StreamSignals: StreamSignal {
    private struct State {
        var last = 0
        var subscribers: [Substring: [Int: @Sendable () -> Void]] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    package func subscribe(to stream: String, _ body: @escaping @Sendable () -> Void) -> @Sendable () -> Void {
        let stream = Self.name(stream)
        let number = state.withLock { state in
            state.last += 1
            state.subscribers[stream, default: [:]][state.last] = body
            return state.last
        }
        return { [weak self] in
            self?.state.withLock { state in
                state.subscribers[stream]?[number] = nil
                if state.subscribers[stream]?.isEmpty == true { state.subscribers[stream] = nil }
            }
        }
    }

    /// A stream has new records. Costs a look into a table when nobody listens.
    package func raise(_ stream: String) {
        let name = Self.name(stream)
        let bodies = state.withLock { state in state.subscribers[name].map { Array($0.values) } ?? [] }
        for body in bodies { body() }
    }

    /// What stands behind the account: a stream here is the same one whichever region its reader named.
    private static func name(_ arn: String) -> Substring {
        var colons = 0
        let end = arn.utf8.firstIndex { byte in
            if byte == UInt8(ascii: ":") { colons += 1 }
            return colons == 5
        }
        return end.map { arn[$0...] } ?? arn[...]
    }
}
