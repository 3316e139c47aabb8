import JSON
import Telemetry

/// What the platform says of a function's life: lines of its log, and events of the Telemetry API.
enum PlatformEvent {
    case initStart(runtime: String, function: String, version: String, stream: String, memory: Int)
    case initRuntimeDone(phase: InitPhase, status: String, errorType: String?)
    case initReport(phase: InitPhase, status: String, errorType: String?, duration: Microseconds)
    case start(id: String, version: String, trace: TraceHeader)
    case runtimeDone(
        id: String, status: String, errorType: String?, duration: Microseconds, produced: Int, trace: TraceHeader)
    case report(Report)
    case `extension`(name: String, state: String, events: [String])
    case telemetrySubscription(name: String, types: [String])
    case logsDropped(reason: String, records: Int, bytes: Int)

    enum InitPhase: String {
        case `init`, invoke
    }

    struct Report {
        var id: String
        var status: String
        var errorType: String?
        var duration: Microseconds
        var billedMilliseconds: Int64
        var memorySizeMiB: Int
        var maxMemoryUsedMiB: Int
        var initDuration: Microseconds?
        var trace: TraceHeader
    }

    var type: String {
        switch self {
        case .initStart: "platform.initStart"
        case .initRuntimeDone: "platform.initRuntimeDone"
        case .initReport: "platform.initReport"
        case .start: "platform.start"
        case .runtimeDone: "platform.runtimeDone"
        case .report: "platform.report"
        case .extension: "platform.extension"
        case .telemetrySubscription: "platform.telemetrySubscription"
        case .logsDropped: "platform.logsDropped"
        }
    }

    /// Whether the log has it in JSON format at the level that functions have by default.
    var isInJSONLog: Bool {
        switch self {
        case .initStart, .start, .report, .extension, .telemetrySubscription, .logsDropped: true
        case .initRuntimeDone(_, let status, _), .initReport(_, let status, _, _): status != "success"
        case .runtimeDone(_, let status, _, _, _, _): status != "success"
        }
    }
}

// MARK: Text

extension PlatformEvent {
    /// Its line of a log in text format; `nil` when that has none.
    var line: String? {
        switch self {
        case .initStart(let runtime, _, _, _, _):
            "INIT_START Runtime Version: \(runtime)\tRuntime Version ARN: "
                + "arn:aws:lambda:us-east-1::runtime:\(RuntimeARN.digest(runtime))"
        case .initReport(let phase, let status, let error, let duration) where status != "success":
            "INIT_REPORT Init Duration: \(duration.twoDecimals) ms\tPhase: \(phase.rawValue)\tStatus: \(status)"
                + (error.map { "\tError Type: \($0)" } ?? "")
        case .start(let id, let version, _): "START RequestId: \(id) Version: \(version)"
        case .report(let report): report.line
        case .extension(let name, let state, let events):
            "EXTENSION\tName: \(name)\tState: \(state)\tEvents: [\(events.joined(separator: ", "))]"
        case .telemetrySubscription(let name, let types):
            "TELEMETRY\tName: \(name)\tState: Subscribed\tTypes: [\(types.joined(separator: ", "))]"
        case .initRuntimeDone, .initReport, .runtimeDone, .logsDropped: nil
        }
    }
}

extension PlatformEvent.Report {
    fileprivate var line: String {
        var line = "REPORT RequestId: \(id)\tDuration: \(duration.twoDecimals) ms\t"
        line += "Billed Duration: \(billedMilliseconds) ms\tMemory Size: \(memorySizeMiB) MB\t"
        line += "Max Memory Used: \(maxMemoryUsedMiB) MB\t"
        if let initDuration { line += "Init Duration: \(initDuration.twoDecimals) ms\t" }
        if status == "timeout" { line += "Status: timeout\t" }
        if status == "failure", let errorType { line += "Status: error\tError Type: \(errorType)\t" }
        guard trace.isSampled else { return line }
        line +=
            "\nXRAY TraceId: \(trace.root)\tSegmentId: \(trace.parent)\tSampled: true\t"
        return line
    }
}

/// AWS names a runtime's build by a digest; here it stands for the interpreter.
private enum RuntimeARN {
    static func digest(_ name: String) -> String {
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        var words: [UInt64] = []
        for round in 0..<4 {
            for byte in name.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 &+ UInt64(round) }
            words.append(state)
        }
        return words.map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }
}

// MARK: JSON

extension PlatformEvent {
    /// `record` of the event, as the Telemetry API and the log in JSON format have it.
    var record: JSON {
        switch self {
        case .initStart(let runtime, let function, let version, let stream, let memory):
            [
                "initializationType": "on-demand", "phase": "init", "runtimeVersion": .string(runtime),
                "functionName": .string(function), "functionVersion": .string(version),
                "instanceId": .string(stream), "instanceMaxMemory": .int(memory &* 1_048_576),
            ]
        case .initRuntimeDone(let phase, let status, let error):
            Self.object(
                ["initializationType": "on-demand", "phase": .string(phase.rawValue), "status": .string(status)], error)
        case .initReport(let phase, let status, let error, let duration):
            Self.object(
                [
                    "initializationType": "on-demand", "phase": .string(phase.rawValue), "status": .string(status),
                    "metrics": ["durationMs": .double(duration.value)],
                ], error)
        case .start(let id, let version, let trace):
            Self.traced(["requestId": .string(id), "version": .string(version)], trace)
        case .runtimeDone(let id, let status, let error, let duration, let produced, let trace):
            Self.traced(
                Self.object(
                    [
                        "requestId": .string(id), "status": .string(status),
                        "metrics": ["durationMs": .double(duration.value), "producedBytes": .int(produced)],
                    ], error), trace)
        case .report(let report): report.record
        case .extension(let name, let state, let events):
            ["name": .string(name), "state": .string(state), "events": .array(events.map { .string($0) })]
        case .telemetrySubscription(let name, let types):
            ["name": .string(name), "state": "Subscribed", "types": .array(types.map { .string($0) })]
        case .logsDropped(let reason, let records, let bytes):
            ["reason": .string(reason), "droppedRecords": .int(records), "droppedBytes": .int(bytes)]
        }
    }

    func json(at time: Timestamp) -> JSON {
        ["time": .string(time.iso8601), "type": .string(type), "record": record]
    }

    private static func object(_ object: JSON, _ errorType: String?) -> JSON {
        var object = object
        if let errorType { object["errorType"] = .string(errorType) }
        return object
    }

    fileprivate static func traced(_ object: JSON, _ trace: TraceHeader) -> JSON {
        guard trace.isSampled else { return object }
        var object = object
        object["tracing"] = [
            "spanId": .string(trace.parent), "type": "X-Amzn-Trace-Id", "value": .string(trace.text),
        ]
        return object
    }
}

extension PlatformEvent.Report {
    fileprivate var record: JSON {
        var metrics: JSON = [
            "durationMs": .double(duration.value), "billedDurationMs": .int(Int(billedMilliseconds)),
            "memorySizeMB": .int(memorySizeMiB), "maxMemoryUsedMB": .int(maxMemoryUsedMiB),
        ]
        if let initDuration { metrics["initDurationMs"] = .double(initDuration.value) }
        var record: JSON = ["requestId": .string(id), "metrics": metrics, "status": .string(status)]
        if let errorType { record["errorType"] = .string(errorType) }
        return PlatformEvent.traced(record, trace)
    }
}
