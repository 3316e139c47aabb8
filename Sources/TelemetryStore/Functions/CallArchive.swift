import DequeModule
import Telemetry

/// The calls that invocations made, by the trace header that they sent; the oldest traces leave first.
struct CallArchive {
    private var calls: [Substring: [InvocationDetail.TimedCall]] = [:]
    private var order: Deque<Substring> = []

    private static let tracesKept = 20_000
    private static let callsKept = 200

    mutating func take(_ call: ServiceCall, at time: Timestamp) {
        guard let key = Self.key(call.traceHeader) else { return }
        if calls[key] == nil {
            order.append(key)
            if order.count > Self.tracesKept, let oldest = order.popFirst() { calls[oldest] = nil }
        }
        guard calls[key, default: []].count < Self.callsKept else { return }
        calls[key, default: []].append(InvocationDetail.TimedCall(time: time, call: call))
    }

    func calls(_ traceHeader: String) -> [InvocationDetail.TimedCall] {
        Self.key(traceHeader).flatMap { calls[$0] } ?? []
    }

    /// `Root=…;Parent=…`: an invocation's own, whatever follows.
    private static func key(_ header: String) -> Substring? {
        guard header.hasPrefix("Root="), let parent = header.utf8.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let rest = header[header.utf8.index(after: parent)...]
        guard rest.hasPrefix("Parent=") else { return nil }
        return header[..<(rest.utf8.firstIndex(of: UInt8(ascii: ";")) ?? header.endIndex)]
    }
}
