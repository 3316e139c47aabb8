import CSearch
import JSON
import Telemetry

/// What a line has before any command: the fields of CloudWatch, those of Lambda's lines, and those that its JSON has.
enum LineField: Hashable, Sendable {
    case timestamp, ingestionTime, message, logStream, log, pointer, requestID, type
    case duration, billedDuration, initDuration, maxMemoryUsed, memorySize, traceID, segmentID
    /// A path in the line's JSON.
    case discovered(JSONField)

    private static let names: [String: LineField] = [
        "@timestamp": .timestamp, "@ingestionTime": .ingestionTime, "@message": .message, "@logStream": .logStream,
        "@log": .log, "@ptr": .pointer, "@requestId": .requestID, "@type": .type, "@duration": .duration,
        "@billedDuration": .billedDuration, "@initDuration": .initDuration, "@maxMemoryUsed": .maxMemoryUsed,
        "@memorySize": .memorySize, "@xrayTraceId": .traceID, "@xraySegmentId": .segmentID,
    ]

    static let systemNames = names.keys.sorted()

    init(_ name: String) { self = Self.names[name] ?? .discovered(JSONField(name)) }

    func value(_ line: LogLineView, account: String) -> Value {
        switch self {
        case .timestamp, .ingestionTime: return .time(line.time.milliseconds)
        case .message: return .borrowed(line.message)
        case .logStream: return .text(Array(line.stream.utf8))
        case .log: return .text(Array("\(account):\(line.group)".utf8))
        case .pointer: return .text(Array(LogPointer.text(line.id).utf8))
        case .requestID: return LambdaLine.requestID(line)
        case .type: return LambdaLine.type(line.message)
        case .duration: return LambdaLine.number(line.message, "\tDuration: ", "durationMs")
        case .billedDuration: return LambdaLine.number(line.message, "\tBilled Duration: ", "billedDurationMs")
        case .initDuration: return LambdaLine.number(line.message, "\tInit Duration: ", "initDurationMs")
        case .maxMemoryUsed: return LambdaLine.bytes(line.message, "\tMax Memory Used: ", "maxMemoryUsedMB")
        case .memorySize: return LambdaLine.bytes(line.message, "\tMemory Size: ", "memorySizeMB")
        case .traceID: return LambdaLine.word(line.message, "\tXRAY TraceId: ")
        case .segmentID: return LambdaLine.word(line.message, "\tSegmentId: ")
        case .discovered(let field): return field.value(in: line.message)
        }
    }
}

/// What `@ptr` is: an opaque name of one line.
package enum LogPointer {
    private static let prefix = "fn"

    package static func text(_ id: UInt64) -> String { prefix + String(id, radix: 36) }

    package static func id(_ text: String) -> UInt64? {
        text.hasPrefix(prefix) ? UInt64(text.dropFirst(prefix.count), radix: 36) : nil
    }
}
