import AWSCore
import JSON

enum TagAlarm: ServiceOperation {
    static let name = "TagResource"

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        let name = try AlarmTags.alarm(input)
        let tags = try AlarmTags.read(input["Tags"])
        guard let known = await context.alarms.alarms[name] else { throw AlarmTags.unknown(name) }
        let merged = known.tags.merging(tags) { _, new in new }
        guard merged.count <= AlarmTags.most else {
            throw ServiceError("InvalidParameterValue", "A resource has at most \(AlarmTags.most) tags.")
        }
        try await context.alarms.change(name) { $0.tags = merged }
        return .object(JSONObject())
    }
}

enum UntagAlarm: ServiceOperation {
    static let name = "UntagResource"

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        let name = try AlarmTags.alarm(input)
        guard await context.alarms.alarms[name] != nil else { throw AlarmTags.unknown(name) }
        let keys = MetricInput.strings(input["TagKeys"])
        try await context.alarms.change(name) { alarm in for key in keys { alarm.tags[key] = nil } }
        return .object(JSONObject())
    }
}

enum ListTagsOfAlarm: ServiceOperation {
    static let name = "ListTagsForResource"

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        let name = try AlarmTags.alarm(input)
        guard let alarm = await context.alarms.alarms[name] else { throw AlarmTags.unknown(name) }
        let tags = alarm.tags.sorted { $0.key < $1.key }
        return ["Tags": .array(tags.map { ["Key": .string($0.key), "Value": .string($0.value)] })]
    }
}

/// `Tags` and the resource that has them.
enum AlarmTags {
    static let most = 50

    static func unknown(_ name: String) -> ServiceError {
        ServiceError("ResourceNotFoundException", "The alarm \(name) does not exist.", status: 404)
    }

    /// The alarm that the ARN names; nothing else here has tags.
    static func alarm(_ input: JSON) throws(ServiceError) -> String {
        guard let text = input["ResourceARN"]?.string else { throw MetricInput.missing("ResourceARN") }
        guard let arn = ARN(text), arn.resource.hasPrefix("alarm:") else {
            throw MetricInput.invalid(text, "ResourceARN")
        }
        return String(arn.resource.dropFirst("alarm:".count))
    }

    static func read(_ json: JSON?) throws(ServiceError) -> [String: String] {
        var tags: [String: String] = [:]
        for tag in json?.array ?? [] {
            guard let key = tag["Key"]?.string, (1...128).contains(key.unicodeScalars.count) else {
                throw MetricInput.missing("Tags.member.1.Key")
            }
            let value = tag["Value"]?.string ?? ""
            guard value.unicodeScalars.count <= 256 else { throw MetricInput.invalid(value, "Tags.member.1.Value") }
            tags[key] = value
        }
        guard tags.count <= most else { throw MetricInput.tooMany("Tags", most: most) }
        return tags
    }
}
