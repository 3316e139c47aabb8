import Telemetry
import TelemetryStore
import Testing

@testable import Dashboard

struct LogMessageTests {
    static let id = "7f3a91c2-0d5e-4b6f-8a1c-2b3d4e5f6071"

    struct Reading: Sendable {
        var line: String
        var form: LogMessage.Form
        var text: String
    }

    @Test(arguments: [
        Reading(line: "hello\n", form: .plain, text: "hello"),
        Reading(
            line: "[ERROR]\t2026-11-21T12:04:31.204Z\t\(id)\tcard declined\n", form: .plain, text: "card declined"),
        Reading(line: "2026-11-21T12:04:31.204Z\t\(id)\tINFO\ta\tb", form: .plain, text: "a\tb"),
        Reading(line: "a\tb\tc\td", form: .plain, text: "a\tb\tc\td"),
        Reading(
            line: "START RequestId: \(id) Version: $LATEST", form: .platform, text: "START  Version: $LATEST"),
        Reading(line: "END RequestId: \(id)", form: .platform, text: "END"),
        Reading(
            line: "REPORT RequestId: \(id)\tDuration: 88.12 ms\tBilled Duration: 89 ms\tMemory Size: 128 MB\t"
                + "Max Memory Used: 78 MB\tInit Duration: 310.02 ms\t",
            form: .platform,
            text: "REPORT  88.12 ms  billed 89 ms  memory 78 of 128 MB  init 310.02 ms"
        ),
        Reading(line: "[ERROR] ValueError: no\nTraceback", form: .plain, text: "ValueError: no\nTraceback"),
        Reading(
            line: "2026-11-21T12:04:30.911Z \(id) Task timed out after 3.00 seconds", form: .plain,
            text: "Task timed out after 3.00 seconds"),
        Reading(line: "STARTED well", form: .plain, text: "STARTED well"),
        Reading(
            line: #"{"level":"info","order":"o-1842","message":"retrying","attempt":2,"requestId":"x"}"#,
            form: .structured,
            text: "retrying  order=o-1842  attempt=2"
        ),
        Reading(line: #"{"password":"hunter2","a":{"b":1}}"#, form: .structured, text: #"password=••••••  a={"b":1}"#),
        Reading(line: #"{"broken": "#, form: .plain, text: #"{"broken":"#),
        Reading(line: "{}", form: .plain, text: "{}"),
        Reading(line: "", form: .plain, text: ""),
    ])
    func readsAsAPersonWould(_ reading: Reading) {
        let message = LogMessage(Self.line(reading.line), limit: 4096)
        #expect(message.form == reading.form)
        #expect(String(decoding: message.bytes, as: UTF8.self) == reading.text)
    }

    @Test func looksOnlyAtTheBeginningOfAHugeLine() {
        let message = LogMessage(Self.line(String(repeating: "x", count: 1_000_000)), limit: 300)
        #expect(message.bytes.count == 300)
    }

    static func line(_ text: String) -> LogLine {
        LogLine(
            id: 1, time: Timestamp(milliseconds: 0), level: .info, group: "/aws/lambda/f", stream: "s",
            message: Array(text.utf8))
    }
}
