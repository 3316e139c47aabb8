import AWSCore
import Telemetry

/// A place in the order of a group's lines: by time, then by arrival. Tokens that clients get are made of it.
struct LogToken {
    var time: Timestamp
    var id: UInt64

    func text(_ prefix: String) -> String { "\(prefix)/\(time.microseconds)/\(id)" }

    /// - Throws: `InvalidParameterException` for what was never a token.
    static func parse(_ text: String?, _ prefix: String) throws(ServiceError) -> LogToken? {
        guard let text else { return nil }
        let parts = text.split(separator: "/")
        guard parts.count == 3, parts[0] == prefix, let time = Int64(parts[1]), let id = UInt64(parts[2]) else {
            throw ServiceError("InvalidParameterException", "The specified nextToken is invalid.")
        }
        return LogToken(time: Timestamp(microseconds: time), id: id)
    }
}

/// What older clients send with the next batch. Nothing depends on it any more: every batch is taken (API Reference,
/// "PutLogEvents").
enum SequenceToken {
    static let text = "49" + String(repeating: "0", count: 54)
}
