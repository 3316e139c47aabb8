import AWSCore
import JSON

/// Tags of tables.
enum Tags {
    private static let most = 50

    /// - Parameter json: a list of `Key` and `Value`.
    static func object(_ json: JSON?) throws(ServiceError) -> JSONObject {
        var tags = JSONObject()
        for tag in json?.array ?? [] {
            guard let key = tag["Key"]?.string, let value = tag["Value"]?.string else {
                throw .missing("tags.1.member.\(tag["Key"] == nil ? "key" : "value")")
            }
            guard (1...128).contains(key.count), value.count <= 256 else {
                throw .validation(
                    "One or more parameter values were invalid: A tag's key has 1 to 128 characters and its value at most 256: \(key)"
                )
            }
            tags[key] = .string(value)
        }
        guard tags.count <= most else { throw tooMany }
        return tags
    }

    static let tooMany = ServiceError.validation(
        "One or more parameter values were invalid: Too many tags: at most 50 tags per resource")

    static func json(_ tags: JSONObject) -> JSON { .array(tags.map { ["Key": .string($0), "Value": $1] }) }

    /// The table that a request's ARN names.
    static func table(_ input: JSON) throws(ServiceError) -> String {
        guard let text = input["ResourceArn"]?.string else { throw .missing("resourceArn") }
        guard let arn = ARN(text), arn.service == "dynamodb", arn.resource.hasPrefix("table/") else {
            throw .validation("Invalid TableArn: Invalid ResourceArn provided as input \(text)")
        }
        return String(arn.resource.dropFirst("table/".count))
    }

    static func table(_ name: String, _ arn: JSON?, _ session: Session) throws(ServiceError) -> Table {
        guard let table = session.catalog.tables[name] else {
            throw ServiceError(
                "ResourceNotFoundException", "Requested resource not found: ResourcArn: \(arn?.string ?? "") not found")
        }
        return table
    }
}

enum TagResource: ServiceOperation {
    static let name = "TagResource"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let name = try Tags.table(input)
        guard input["Tags"]?.array != nil else { throw .missing("tags") }
        let tags = try Tags.object(input["Tags"])
        try await tables.write { session throws(ServiceError) in
            var table = try Tags.table(name, input["ResourceArn"], session)
            for (key, value) in tags { table.tags[key] = value }
            guard table.tags.count <= 50 else { throw Tags.tooMany }
            try session.save(table)
        }
        return .null
    }
}

enum UntagResource: ServiceOperation {
    static let name = "UntagResource"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let name = try Tags.table(input)
        guard let keys = input["TagKeys"]?.array?.compactMap(\.string) else { throw .missing("tagKeys") }
        try await tables.write { session throws(ServiceError) in
            var table = try Tags.table(name, input["ResourceArn"], session)
            for key in keys { table.tags[key] = nil }
            try session.save(table)
        }
        return .null
    }
}

enum ListTagsOfResource: ServiceOperation {
    static let name = "ListTagsOfResource"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let name = try Tags.table(input)
        let tags = try await tables.read { session throws(ServiceError) in
            try Tags.table(name, input["ResourceArn"], session).tags
        }
        return ["Tags": Tags.json(tags)]
    }
}
