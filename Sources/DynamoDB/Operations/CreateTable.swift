import AWSCore
import JSON
import Telemetry

enum CreateTable: ServiceOperation {
    static let name = "CreateTable"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let plan = try TablePlan(input)
        return try await tables.write { session throws(ServiceError) in
            guard session.catalog.tables[plan.name] == nil else {
                throw ServiceError("ResourceInUseException", "Table already exists: \(plan.name)")
            }
            guard session.catalog.tables.count < Tables.mostTables else {
                throw ServiceError(
                    "LimitExceededException",
                    "Subscriber limit exceeded: There is a limit of 2500 tables per subscriber")
            }
            var table = plan.table(id: session.catalog.newID(), now: session.now) { session.catalog.newID() }
            if let view = plan.stream { try session.enableStream(view, on: &table) }
            try session.save(table)
            return [
                "TableDescription": table.description(call, stream: session.stream(table), status: "CREATING")
            ]
        }
    }
}

enum DescribeTable: ServiceOperation {
    static let name = "DescribeTable"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let name = try Tables.name(input)
        return try await tables.read { session throws(ServiceError) in
            let table = try session.namedTable(name)
            return ["Table": table.description(call, stream: session.stream(table))]
        }
    }
}

enum DeleteTable: ServiceOperation {
    static let name = "DeleteTable"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let name = try Tables.name(input)
        return try await tables.write { session throws(ServiceError) in
            let table = try session.namedTable(name)
            guard !table.isProtected else {
                throw .validation(
                    "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first."
                )
            }
            try session.disableStream(of: table)
            let description = table.description(call, stream: session.stream(table), status: "DELETING")
            try session.forget(table)
            return ["TableDescription": description]
        }
    }
}

enum ListTables: ServiceOperation {
    static let name = "ListTables"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let limit = input["Limit"]?.int ?? 100
        guard (1...100).contains(limit) else {
            throw .validation(
                "1 validation error detected: Value '\(limit)' at 'limit' failed to satisfy constraint: Member must have value "
                    + (limit < 1 ? "greater than or equal to 1" : "less than or equal to 100"))
        }
        let start = input["ExclusiveStartTableName"]?.string
        let names = try await tables.read { $0.catalog.tables.keys.sorted() }
        let rest = names.drop { name in start.map { name <= $0 } ?? false }
        var output: JSON = ["TableNames": .array(rest.prefix(limit).map(JSON.string))]
        if rest.count > limit, let last = rest.prefix(limit).last { output["LastEvaluatedTableName"] = .string(last) }
        return output
    }
}
