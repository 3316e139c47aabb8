import CSearch
import Telemetry

/// Reads the lines that Lambda itself writes, as text (`REPORT RequestId: …`) or as JSON (`platform.report`).
enum LambdaLine {
    private static let kinds: [(prefix: StaticString, type: [UInt8])] = [
        ("REPORT RequestId:", Array("REPORT".utf8)), ("START RequestId:", Array("START".utf8)),
        ("END RequestId:", Array("END".utf8)), ("INIT_START ", Array("INIT_START".utf8)),
        ("INIT_REPORT ", Array("INIT_REPORT".utf8)),
    ]
    private static let events: [(event: String, type: String)] = [
        ("platform.report", "REPORT"), ("platform.start", "START"), ("platform.initStart", "INIT_START"),
        ("platform.initReport", "INIT_REPORT"),
    ]
    private static let typeField = JSONField("type")

    static func type(_ message: UnsafeBufferPointer<UInt8>) -> Value {
        for kind in kinds where starts(message, with: kind.prefix) { return .text(kind.type) }
        guard isPlatformEvent(message) else { return .missing }
        let type = typeField.value(in: message)
        let event = events.first { entry in type.withBytes { $0.elementsEqual(entry.event.utf8) } }
        return event.map { .text(Array($0.type.utf8)) } ?? .missing
    }

    static func requestID(_ line: LogLineView) -> Value {
        if let id = line.requestID { return .text(Array(id.description.utf8)) }
        let message = line.message
        if message.first == UInt8(ascii: "{") {
            for field in [idField, recordIDField, pythonIDField] {
                let value = field.value(in: message)
                if !value.isMissing { return value }
            }
            return .missing
        }
        // `RequestId: ID` of Lambda's lines, or a column of its own in those of the runtimes.
        var start = 0
        for place in 0..<min(message.count, 160) where message[place] == 0x09 || message[place] == 0x20 {
            if place - start == 36, let id = identifier(message, start) { return id }
            start = place + 1
        }
        return message.count - start >= 36 && start < 160 ? identifier(message, start) ?? .missing : .missing
    }

    private static let idField = JSONField("requestId")
    private static let recordIDField = JSONField("record.requestId")
    private static let pythonIDField = JSONField("AWSRequestId")

    private static func identifier(_ message: UnsafeBufferPointer<UInt8>, _ start: Int) -> Value? {
        let text = UnsafeBufferPointer(rebasing: message[start..<(start + 36)])
        let ends = start + 36 == message.count || message[start + 36] <= 0x20
        return ends && RequestID(utf8: text) != nil ? .borrowed(text) : nil
    }

    /// The number behind a label of a report, or of the same event in JSON.
    static func number(_ message: UnsafeBufferPointer<UInt8>, _ label: StaticString, _ metric: StaticString) -> Value {
        if let text = text(message, label) { return NumberText.value(text).map(Value.number) ?? .missing }
        guard isPlatformEvent(message) else { return .missing }
        let name = metric.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
        return JSONField("record.metrics.\(name)").value(in: message).number.map(Value.number) ?? .missing
    }

    /// Megabytes as bytes, which CloudWatch counts by thousands.
    static func bytes(_ message: UnsafeBufferPointer<UInt8>, _ label: StaticString, _ metric: StaticString) -> Value {
        guard let megabytes = number(message, label, metric).number else { return .missing }
        return .text(Array(NumberText.exponential(megabytes: megabytes).utf8))
    }

    static func word(_ message: UnsafeBufferPointer<UInt8>, _ label: StaticString) -> Value {
        text(message, label).map(Value.borrowed) ?? .missing
    }

    private static func text(
        _ message: UnsafeBufferPointer<UInt8>, _ label: StaticString
    ) -> UnsafeBufferPointer<UInt8>? {
        guard starts(message, with: "REPORT RequestId:") else { return nil }
        let found = cs_find(message.baseAddress, message.count, label.utf8Start, label.utf8CodeUnitCount)
        guard found >= 0 else { return nil }
        let start = found + label.utf8CodeUnitCount
        let end = message[start...].firstIndex { $0 <= 0x20 } ?? message.count
        return UnsafeBufferPointer(rebasing: message[start..<end])
    }

    private static func isPlatformEvent(_ message: UnsafeBufferPointer<UInt8>) -> Bool {
        guard message.first == UInt8(ascii: "{") else { return false }
        let needle: StaticString = "\"platform."
        return cs_find(message.baseAddress, message.count, needle.utf8Start, needle.utf8CodeUnitCount) >= 0
    }

    private static func starts(_ message: UnsafeBufferPointer<UInt8>, with text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        return message.count >= count
            && message.prefix(count).elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: count))
    }
}
