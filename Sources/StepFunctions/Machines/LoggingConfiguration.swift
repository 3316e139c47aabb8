import AWSCore
import JSON

struct LoggingConfiguration: Hashable, Sendable {
    var level = Level.off
    var includesData = false
    /// ARNs of log groups, as the client wrote them; one at most.
    var groups: [String] = []

    enum Level: String, Sendable, CaseIterable {
        case all = "ALL"
        case error = "ERROR"
        case fatal = "FATAL"
        case off = "OFF"
    }

    init() {}

    /// - Throws: `InvalidLoggingConfiguration`.
    init(_ json: JSON?) throws(ServiceError) {
        guard let json else { return }
        let input = Input(json)
        let level = try input.choice("level", of: Level.allCases.map(\.rawValue))
        self.level = level.flatMap(Level.init) ?? .off
        includesData = try input.bool("includeExecutionData") ?? false
        groups = (try input.list("destinations") ?? []).compactMap {
            $0["cloudWatchLogsLogGroup"]?["logGroupArn"]?.string
        }
        guard self.level == .off || groups.count == 1 else {
            throw Self.invalid("Must specify exactly one Log Destination.")
        }
        for group in groups where Self.groupName(group) == nil {
            throw Self.invalid("Invalid Log Destination")
        }
    }

    private static func invalid(_ reason: String) -> ServiceError {
        ServiceError("InvalidLoggingConfiguration", "Invalid Logging Configuration: \(reason)")
    }

    var json: JSON {
        var object = JSONObject()
        if !groups.isEmpty {
            object["destinations"] = .array(
                groups.map { ["cloudWatchLogsLogGroup": ["logGroupArn": .string($0)]] })
        }
        object["includeExecutionData"] = .bool(includesData)
        object["level"] = .string(level.rawValue)
        return .object(object)
    }

    /// The group's name in `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*`.
    static func groupName(_ arn: String) -> String? {
        guard let arn = ARN(arn), arn.service == "logs", arn.resource.hasPrefix("log-group:") else { return nil }
        let name = arn.resource.dropFirst("log-group:".count).prefix { $0 != ":" }
        return name.isEmpty ? nil : String(name)
    }

    var groupName: String? { level == .off ? nil : groups.first.flatMap(Self.groupName) }
}
