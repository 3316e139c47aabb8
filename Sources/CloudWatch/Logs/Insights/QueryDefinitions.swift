import AWSCore
import JSON
import LogsInsights
import Telemetry

/// Queries that were saved under a name.
actor QueryDefinitions {
    struct Definition: Sendable {
        var id: String
        var name: String
        var query: String
        var groups: [String]
        var modified: Timestamp
    }

    private var all: [String: Definition] = [:]

    /// As AWS allows (CloudWatch Logs quotas).
    private static let most = 1000

    func put(_ definition: Definition, isNew: Bool) throws(ServiceError) {
        guard isNew || all[definition.id] != nil else {
            throw ServiceError(
                "ResourceNotFoundException", "The specified query definition does not exist.")
        }
        guard !isNew || all.count < Self.most else {
            throw ServiceError("LimitExceededException", "Resource limit exceeded.")
        }
        all[definition.id] = definition
    }

    func delete(_ id: String) -> Bool { all.removeValue(forKey: id) != nil }

    var sorted: [Definition] { all.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) } }
}

enum PutQueryDefinition: ServiceOperation {
    static let name = "PutQueryDefinition"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let fields = LogsInput(input)
        if let language = try fields.choice("queryLanguage", ["CWLI", "SQL", "PPL"]), language != "CWLI" {
            throw LogsInput.invalid("The query language \(language) is not served here; CWLI is.")
        }
        let known = try fields.optional("queryDefinitionId", most: 256)
        let query = try fields.required("queryString", most: InsightsQuery.longest)
        _ = try StartQuery.query(query)
        let definition = QueryDefinitions.Definition(
            id: known ?? RequestID().description, name: try fields.required("name", most: 255), query: query,
            groups: fields.texts("logGroupNames") ?? [], modified: .now())
        try await context.definitions.put(definition, isNew: known == nil)
        return ["queryDefinitionId": .string(definition.id)]
    }
}

enum DescribeQueryDefinitions: ServiceOperation {
    static let name = "DescribeQueryDefinitions"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let fields = LogsInput(input)
        let prefix = try fields.optional("queryDefinitionNamePrefix", most: 255)
        let most = try fields.number("maxResults", 1...1000) ?? 1000
        let all = await context.definitions.sorted.filter { definition in
            prefix.map { definition.name.hasPrefix($0) } ?? true
        }
        let token = try fields.optional("nextToken")
        let rest = token.map { token in all.drop { $0.id != token }.dropFirst() } ?? all[...]
        let page = rest.prefix(most)
        var output: JSON = ["queryDefinitions": .array(page.map(json))]
        if rest.count > page.count, let last = page.last { output["nextToken"] = .string(last.id) }
        return output
    }

    private static func json(_ definition: QueryDefinitions.Definition) -> JSON {
        [
            "queryLanguage": "CWLI", "queryDefinitionId": .string(definition.id), "name": .string(definition.name),
            "queryString": .string(definition.query), "lastModified": .int(Int(definition.modified.milliseconds)),
            "logGroupNames": .array(definition.groups.map(JSON.string)),
        ]
    }
}

enum DeleteQueryDefinition: ServiceOperation {
    static let name = "DeleteQueryDefinition"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let id = try LogsInput(input).required("queryDefinitionId", most: 256)
        guard await context.definitions.delete(id) else {
            throw ServiceError("ResourceNotFoundException", "The specified query definition does not exist.")
        }
        return ["success": true]
    }
}
