package import JSON
import Telemetry

/// The first line of an event stream: which stream it is, and which events it still has.
package struct EventStreamHead: Hashable, Sendable {
    /// Another one after every restart of the source; sequences of different epochs have nothing to do with each other.
    package var epoch: String
    /// The oldest event that can still be had.
    package var first: UInt64
    /// The sequence of the next event that will happen.
    package var next: UInt64
    /// How many of which kind cannot be had any more in any way.
    package var lost: [String: Int]

    package init(epoch: String, first: UInt64, next: UInt64, lost: [String: Int] = [:]) {
        self.epoch = epoch
        self.first = first
        self.next = next
        self.lost = lost
    }

    package var json: JSON {
        var lost = JSONObject()
        for (kind, count) in self.lost.sorted(by: { $0.key < $1.key }) { lost[kind] = .int(count) }
        return [
            "stream": [
                "epoch": .string(epoch), "first": .int(Int(clamping: first)), "next": .int(Int(clamping: next)),
                "lost": .object(lost),
            ]
        ]
    }

    /// It goes back in an address.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// - Returns: `nil` when the line is no head.
    package init?(json: JSON) {
        guard let stream = json["stream"], let epoch = stream["epoch"]?.string else { return nil }
        guard let first = stream["first"]?.int, let next = stream["next"]?.int, first >= 0, next >= 0 else {
            return nil
        }
        guard epoch.utf8.count <= 64, epoch.utf8.allSatisfy(Self.isPlain) else { return nil }
        let lost = stream["lost"]?.object ?? JSONObject()
        self.init(
            epoch: epoch, first: UInt64(first), next: UInt64(next),
            lost: Dictionary(
                lost.map { ($0.0, min(max($0.1.int ?? 0, 0), 1 << 53)) }, uniquingKeysWith: { first, _ in first }))
    }
}
