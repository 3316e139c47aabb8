import AWSCore
import JSON

enum ListStreams: ServiceOperation {
    static let name = "ListStreams"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let name = input["TableName"] == nil ? nil : try Tables.name(input)
        let limit = input["Limit"]?.int ?? 100
        guard (1...100).contains(limit) else {
            throw .validation(
                "1 validation error detected: Value '\(limit)' at 'limit' failed to satisfy constraint: Member must have value "
                    + (limit < 1 ? "greater than or equal to 1" : "less than or equal to 100"))
        }
        let all = try await tables.read { session in
            session.catalog.streams.values.filter { name == nil || $0.tableName == name }
                .sorted { ($0.tableName, $0.created) < ($1.tableName, $1.created) }
        }
        var rest = all[...]
        if let start = input["ExclusiveStartStreamArn"]?.string {
            guard let place = rest.firstIndex(where: { $0.arn(call) == start }) else { throw .noStream(start) }
            rest = rest[(place + 1)...]
        }
        let page = rest.prefix(limit)
        var output: JSON = [
            "Streams": .array(
                page.map { stream in
                    [
                        "StreamArn": .string(stream.arn(call)), "TableName": .string(stream.tableName),
                        "StreamLabel": .string(stream.label),
                    ]
                })
        ]
        if rest.count > limit, let last = page.last { output["LastEvaluatedStreamArn"] = .string(last.arn(call)) }
        return output
    }
}

extension ServiceError {
    static func noStream(_ arn: String) -> ServiceError {
        ServiceError("ResourceNotFoundException", "Requested resource not found: Stream: \(arn) not found")
    }
}

extension Session {
    /// The stream that a request's ARN names.
    func stream(_ input: JSON, _ call: CallContext) throws(ServiceError) -> TableStream {
        guard let arn = input["StreamArn"]?.string else { throw .missing("streamArn") }
        return try stream(arn: arn)
    }

    /// - Parameter arn: of any region and account; there is one set of tables here.
    func stream(arn: String) throws(ServiceError) -> TableStream {
        guard let resource = ARN(arn)?.resource, resource.hasPrefix("table/"),
            let middle = resource.firstRange(of: "/stream/")
        else {
            throw .validation("Invalid StreamArn: \(arn)")
        }
        let name = resource[..<middle.lowerBound].dropFirst("table/".count)
        let label = resource[middle.upperBound...]
        guard let stream = catalog.streams.values.first(where: { $0.tableName == name && $0.label == label }) else {
            throw .noStream(arn)
        }
        return stream
    }
}
