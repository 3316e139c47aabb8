import JSON
import Telemetry

/// What went wrong in an invocation, from its end and from what the function answered.
struct ErrorReport: Hashable {
    var type: String
    var message: String
    /// One frame a line, the innermost as the runtime wrote it.
    var stackTrace: [String] = []

    private static let frameLimit = 500

    /// `nil` when it did not fail.
    init?(_ end: InvocationEnd) {
        guard end.status != .success else { return nil }
        let answer = (try? JSON(parsing: end.response.bytes))?.object
        type = end.errorType ?? answer?["errorType"]?.string ?? Self.name(of: end.status)
        message = end.errorMessage ?? answer?["errorMessage"]?.string ?? ""
        stackTrace = Self.frames(answer)
    }

    /// Python writes `stackTrace` as texts of several lines, Java as texts, Node `trace` with the error itself first.
    private static func frames(_ answer: JSONObject?) -> [String] {
        let trace = answer?["stackTrace"] ?? answer?["trace"] ?? answer?["stack"]
        let texts = trace?.array.map { $0.map { $0.string ?? frame($0) } } ?? trace?.string.map { [$0] } ?? []
        return Array(
            texts.flatMap { $0.split(whereSeparator: \.isNewline) }.map { String($0) }.prefix(frameLimit))
    }

    /// A frame as an array (old Python runtimes) or an object (Rust, Ruby).
    private static func frame(_ value: JSON) -> String {
        guard let parts = value.array, parts.count >= 3 else { return value.text }
        let text = parts.map { $0.string ?? $0.text }
        return "\(text[0]):\(text[1]) \(text[2])\(text.count > 3 ? "  \(text[3])" : "")"
    }

    static func name(of status: InvocationEnd.Status) -> String {
        switch status {
        case .success: "Success"
        case .error: "Error"
        case .timeout: "Timeout"
        case .crash: "Crash"
        case .outOfMemory: "Out of memory"
        case .throttled: "Throttled"
        }
    }
}
