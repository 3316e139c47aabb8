import AWSCore
import JSON

/// Names and values that a person gives to groups.
enum LogTags {
    static let most = 50

    static func read(_ json: JSON?) throws(ServiceError) -> [String: String] {
        var tags: [String: String] = [:]
        for (name, value) in json?.object ?? JSONObject() {
            guard (1...128).contains(name.count), let value = value.string, value.count <= 256 else {
                throw LogsInput.invalid("A tag has a name of 1 to 128 characters and a value of at most 256.")
            }
            tags[name] = value
        }
        guard tags.count <= most else { throw tooMany }
        return tags
    }

    static let tooMany = ServiceError("TooManyTagsException", "A resource can have at most \(most) tags.")

    static func json(_ tags: [String: String]) -> JSON {
        var object = JSONObject()
        for (name, value) in tags.sorted(by: { $0.key < $1.key }) { object[name] = .string(value) }
        return ["tags": .object(object)]
    }

    /// The group that an input names: by `resourceArn`, or in older operations by `logGroupName`.
    static func group(_ input: JSON, _ context: LogsContext) async throws(ServiceError) -> String {
        let name = input["resourceArn"] == nil ? try LogsContext.group(input) : try resource(input)
        try await context.require(name)
        return name
    }

    private static func resource(_ input: JSON) throws(ServiceError) -> String {
        let text = try LogsInput(input).required("resourceArn", most: 1011)
        guard ARN(text)?.resource.hasPrefix("log-group:") == true else {
            throw LogsInput.invalid("The specified resource ARN is invalid: \(text)")
        }
        return LogsContext.group(identifier: text)
    }

    static func add(_ input: JSON, _ context: LogsContext) async throws(ServiceError) {
        let group = try await group(input, context)
        let tags = try read(input["tags"])
        let known = await context.groups.properties[group]?.tags ?? [:]
        let merged = known.merging(tags) { $1 }
        guard merged.count <= most else { throw tooMany }
        await context.groups.change(group) { $0.tags = merged }
    }

    static func remove(_ names: String, _ input: JSON, _ context: LogsContext) async throws(ServiceError) {
        let group = try await group(input, context)
        let removed = Set(LogsInput(input).texts(names) ?? [])
        await context.groups.change(group) { $0.tags = $0.tags.filter { !removed.contains($0.key) } }
    }

    static func list(_ input: JSON, _ context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try await group(input, context)
        return json(await context.groups.properties[group]?.tags ?? [:])
    }
}

enum TagResource: ServiceOperation {
    static let name = "TagResource"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        try await LogTags.add(input, context)
        return .null
    }
}

enum UntagResource: ServiceOperation {
    static let name = "UntagResource"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        try await LogTags.remove("tagKeys", input, context)
        return .null
    }
}

enum ListTagsForResource: ServiceOperation {
    static let name = "ListTagsForResource"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        try await LogTags.list(input, context)
    }
}

enum TagLogGroup: ServiceOperation {
    static let name = "TagLogGroup"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        try await LogTags.add(input, context)
        return .null
    }
}

enum UntagLogGroup: ServiceOperation {
    static let name = "UntagLogGroup"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        try await LogTags.remove("tags", input, context)
        return .null
    }
}

enum ListTagsLogGroup: ServiceOperation {
    static let name = "ListTagsLogGroup"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        try await LogTags.list(input, context)
    }
}
