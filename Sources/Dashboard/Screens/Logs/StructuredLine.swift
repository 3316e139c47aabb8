import JSON

/// A log line that is one JSON object: its message first, then the other members as `name=value`.
struct StructuredLine: Hashable {
    var pieces: [LogMessage.Piece] = []
    /// One of Lambda's own, in the JSON log format.
    var isPlatform = false

    /// More members than these are in the line's own view only.
    private static let memberLimit = 40

    init?(_ message: ArraySlice<UInt8>) {
        guard message.first == UInt8(ascii: "{"), message.last == UInt8(ascii: "}") else { return nil }
        guard message.count <= LogMessage.structuredLimit else { return nil }
        guard let object = (try? JSON(parsing: message, depth: 32))?.object, !object.isEmpty else { return nil }
        if let type = object["type"]?.string, type.hasPrefix("platform."), let record = object["record"]?.object {
            isPlatform = true
            pieces = [LogMessage.Piece(String(type.dropFirst("platform.".count)), .label)]
            append(Self.members(of: record))
        } else {
            let name = Self.messageNames.first { object[$0] != nil }
            if let name, let value = object[name] { pieces = [LogMessage.Piece(Self.text(value), .text)] }
            let members = object.filter { $0.0 != name && !Self.columnNames.contains($0.0) }
            // What a metric is called and measured by stands behind what it was.
            append(members.filter { $0.0 != Self.metricsName } + members.filter { $0.0 == Self.metricsName })
        }
    }

    /// Of the embedded metric format.
    private static let metricsName = "_aws"

    private static let messageNames = ["message", "msg", "errorMessage", "Message", "event_message"]

    /// Members that columns of the list show already.
    private static let columnNames: Set<String> = [
        "timestamp", "time", "@timestamp", "ts", "level", "severity", "levelname", "log.level", "requestId",
        "function_request_id", "AWSRequestId", "aws_request_id", "request_id",
    ]

    private mutating func append(_ members: [(String, JSON)]) {
        for (name, value) in members.prefix(Self.memberLimit) {
            let space = pieces.isEmpty ? "" : "  "
            let text = Secrets.isSecret(name) ? Secrets.mask : Self.text(Secrets.masked(value))
            pieces.append(LogMessage.Piece("\(space)\(name)=", .key))
            pieces.append(LogMessage.Piece(text, name == Self.metricsName ? .dim : .value))
        }
    }

    /// The members of a platform record, one level deep: `metrics` are what a person looks for.
    private static func members(of record: JSONObject) -> [(String, JSON)] {
        record.filter { !columnNames.contains($0.0) }.flatMap { name, value -> [(String, JSON)] in
            value.object.map(Array.init) ?? [(name, value)]
        }
    }

    private static func text(_ value: JSON) -> String { value.string ?? value.text }
}
