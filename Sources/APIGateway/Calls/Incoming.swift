import AWSCore
import JSON
import Telemetry

/// A request to an API, with what is known of it so far.
struct Incoming: Sendable {
    let request: ServiceRequest
    let apiID: String
    let stage: String
    /// Of the path behind the stage, percent-encoded.
    let parts: [Substring]
    let requestID: String
    let time: Timestamp
    var variables: [String: String] = [:]
    var parameters: [String: String] = [:]

    /// The path without the stage.
    var path: String { "/" + parts.joined(separator: "/") }
    /// The path as a client sends it to AWS, the stage included where it has a name.
    var fullPath: String { stage == "$default" ? path : "/\(stage)\(path == "/" ? "/" : path)" }

    /// The host that the client named, without the port.
    var domain: String {
        let host = (request.headers["Host"] ?? "").lowercased()
        guard let colon = host.lastIndex(of: ":"), host[colon...].dropFirst().allSatisfy(\.isNumber) else {
            return host
        }
        return String(host[..<colon])
    }

    /// `31/Jan/2026:12:04:31 +0000`
    var requestTime: String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let iso = ISOTime.text(milliseconds: time.milliseconds)
        let parts = iso.split(whereSeparator: { "-TZ".contains($0) })
        guard parts.count == 4, let month = Int(parts[1]), months.indices.contains(month - 1) else { return iso }
        return "\(parts[2])/\(months[month - 1])/\(parts[0]):\(parts[3]) +0000"
    }

    /// All values of a header or query parameter, joined with commas as HTTP APIs do.
    func header(_ name: String) -> String? {
        let values = request.headers.all(name)
        return values.isEmpty ? nil : values.joined(separator: ",")
    }

    func query(_ name: String) -> String? {
        let values = request.query.filter { $0.name == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ",")
    }

    /// What called, as a person would name it.
    func trigger(_ route: String) -> String {
        route.isEmpty || route == "$default" || route.hasPrefix("ANY ") ? "\(request.method) \(path)" : route
    }
}

extension String {
    /// Replaces `${stageVariables.name}`.
    func replacingStageVariables(_ variables: [String: String]) -> String {
        guard contains("${stageVariables.") else { return self }
        return variables.reduce(self) { $0.replacing("${stageVariables.\($1.key)}", with: $1.value) }
    }
}
