import JSON
import Telemetry
import TelemetryStore

extension LogLine {
    /// The message as text; bytes that are not UTF-8 are shown as replacement characters.
    var messageText: String { String(decoding: message[...].trimmingLineEnds, as: UTF8.self) }

    /// The message as JSON, when it is an object or an array.
    var messageJSON: JSON? {
        let text = message[...].trimmingLineEnds
        guard let first = text.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        return try? JSON(parsing: text)
    }

    /// All that is known of the line, as `fntop logs --json` calls it.
    var json: JSON {
        var value: JSON = [:]
        value["time"] = .int(Int(time.milliseconds))
        value["level"] = level == .none ? nil : .string(level.name)
        value["group"] = .string(group)
        value["stream"] = .string(stream)
        value["function"] = function.map(JSON.string)
        value["requestId"] = requestID.map { .string($0.description) }
        value["message"] = .string(messageText)
        return value
    }

    /// The aws cli command that finds the line's invocation, or the line's minute where none is known.
    var awsCommand: String {
        let minute: Int64 = 60_000
        var command = "aws logs filter-log-events --log-group-name \(Shell.quoted(group))"
        if let requestID { command += " --filter-pattern \(Shell.quoted("\"\(requestID)\""))" }
        let span = requestID == nil ? minute / 2 : 15 * minute
        command += " --start-time \(time.milliseconds - span) --end-time \(time.milliseconds + span)"
        return command
    }

    var copyChoices: [CopyChoice] {
        var choices = [CopyChoice(title: "message", text: messageText)]
        if let json = messageJSON {
            choices.append(CopyChoice(title: "message as JSON, indented", text: json.prettyText))
        }
        choices.append(CopyChoice(title: "line as JSON", text: json.text))
        if let requestID { choices.append(CopyChoice(title: "request id", text: requestID.description)) }
        choices.append(CopyChoice(title: "aws logs command", text: awsCommand))
        return choices
    }
}

/// Text for a POSIX shell.
enum Shell {
    static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: "-_./:@%+,".utf8.contains(byte)
                }
            }
        guard !isPlain else { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
