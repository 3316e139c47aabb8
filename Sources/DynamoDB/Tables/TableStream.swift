import AWSCore
import Telemetry

/// A table's stream of changes. It has one shard, and goes on to be read when it is disabled.
struct TableStream: Sendable {
    enum View: String, Sendable, CaseIterable {
        case keysOnly = "KEYS_ONLY"
        case newImage = "NEW_IMAGE"
        case oldImage = "OLD_IMAGE"
        case both = "NEW_AND_OLD_IMAGES"

        var hasNew: Bool { self == .newImage || self == .both }
        var hasOld: Bool { self == .oldImage || self == .both }
    }

    let id: Int
    let tableName: String
    let schema: KeySchema
    let view: View
    let created: Timestamp
    /// Before its first record.
    let start: Int
    /// Its last record, once it is disabled.
    var end: Int?
    var ended: Timestamp?
    /// Records up to this one are gone.
    var trimmed: Int

    var isEnabled: Bool { end == nil }

    /// When it was enabled, as its ARN names it.
    var label: String { String(ISOTime.text(milliseconds: created.milliseconds, hasMilliseconds: true).dropLast()) }

    func arn(_ call: CallContext) -> String {
        ARN(
            service: "dynamodb", region: call.region, account: call.account,
            resource: "table/\(tableName)/stream/\(label)"
        ).description
    }

    var shard: String {
        "shardId-" + ISOTime.padded(created.milliseconds, 20) + "-" + ISOTime.padded(Int64(id), 8)
    }

    /// 21 digits, so that numbers sort as texts.
    static func text(_ sequence: Int) -> String { "1" + ISOTime.padded(Int64(sequence), 20) }

    static func sequence(_ text: String) -> Int? {
        guard text.utf8.count == 21, text.utf8.first == UInt8(ascii: "1") else { return nil }
        return Int(text.dropFirst())
    }

    /// Records are kept for a day.
    static let kept = Microseconds.seconds(86_400)
    /// And so many at most, the newest.
    static let mostRecords = 1_000_000
}
