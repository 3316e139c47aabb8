import AWSCore
import JSON

enum CreateTable: ServiceOperation {
    static let name = "CreateTable"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let name = try Database.name(input)
        let definitions = input["AttributeDefinitions"] ?? []
        var types: [String: String] = [:]
        for definition in definitions.array ?? [] {
            let kind = definition["AttributeType"]?.string ?? ""
            guard ["S", "N", "B"].contains(kind), let attribute = definition["AttributeName"]?.string else {
                throw .validation(
                    "1 validation error detected: Value '\(kind)' at 'attributeDefinitions.1.member.attributeType' failed to "
                        + "satisfy constraint: Member must satisfy enum value set: [B, N, S]")
            }
            types[attribute] = kind
        }
        let schema = try KeySchema(input["KeySchema"], types: types)
        let indexes = try indexes(input, types, schema)
        let used = Set(schema.names + indexes.flatMap(\.schema.names))
        guard used.count == types.count || indexes.isEmpty else {
            throw .validation(
                "One or more parameter values were invalid: Some AttributeDefinitions are not used. AttributeDefinitions: "
                    + "[\(types.keys.sorted().joined(separator: ", "))], keys used: [\(used.sorted().joined(separator: ", "))]"
            )
        }
        guard used.count == types.count else {
            throw .validation(
                "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of "
                    + "attributes defined in AttributeDefinitions")
        }
        let mode = input["BillingMode"]?.string ?? "PROVISIONED"
        guard mode == "PAY_PER_REQUEST" || input["ProvisionedThroughput"] != nil else {
            throw .validation(
                "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when "
                    + "BillingMode is PROVISIONED")
        }
        guard mode != "PAY_PER_REQUEST" || input["ProvisionedThroughput"] == nil else {
            throw .validation(
                "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified "
                    + "when BillingMode is PAY_PER_REQUEST")
        }
        let table = Table(
            name: name, schema: schema, attributes: definitions, indexes: indexes, billingMode: mode,
            throughput: input["ProvisionedThroughput"])
        try database.create(table)
        return ["TableDescription": table.description(call, status: "CREATING")]
    }

    private static func indexes(
        _ input: JSON, _ types: [String: String], _ schema: KeySchema
    ) throws(ServiceError) -> [Table.Index] {
        var indexes: [Table.Index] = []
        for (member, isGlobal) in [("GlobalSecondaryIndexes", true), ("LocalSecondaryIndexes", false)] {
            for json in input[member]?.array ?? [] {
                let index = Table.Index(
                    name: json["IndexName"]?.string ?? "", schema: try KeySchema(json["KeySchema"], types: types),
                    projection: json["Projection"]?["ProjectionType"]?.string ?? "ALL",
                    included: (json["Projection"]?["NonKeyAttributes"]?.array ?? []).compactMap(\.string),
                    isGlobal: isGlobal)
                guard isGlobal || schema.sort != nil else {
                    throw .validation(
                        "One or more parameter values were invalid: Table KeySchema does not have a range key, which is required "
                            + "when specifying a LocalSecondaryIndex")
                }
                guard isGlobal || index.schema.partition == schema.partition else {
                    throw .validation(
                        "One or more parameter values were invalid: Table KeySchema and local index \(index.name) have different "
                            + "hash keys")
                }
                guard !indexes.contains(where: { $0.name == index.name }) else {
                    throw .validation("One or more parameter values were invalid: Duplicate index name: \(index.name)")
                }
                indexes.append(index)
            }
        }
        return indexes
    }
}

enum DescribeTable: ServiceOperation {
    static let name = "DescribeTable"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let name = try Database.name(input)
        do throws(ServiceError) {
            return ["Table": try database.read(name) { $0.description(call) }]
        } catch {
            throw Database.noTable(name)
        }
    }
}

enum DeleteTable: ServiceOperation {
    static let name = "DeleteTable"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let table = try database.delete(Database.name(input))
        return ["TableDescription": table.description(call, status: "DELETING")]
    }
}

enum ListTables: ServiceOperation {
    static let name = "ListTables"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let limit = input["Limit"]?.int ?? 100
        guard (1...100).contains(limit) else {
            throw .validation(
                "1 validation error detected: Value '\(limit)' at 'limit' failed to satisfy constraint: Member must have value "
                    + (limit < 1 ? "greater than or equal to 1" : "less than or equal to 100"))
        }
        let start = input["ExclusiveStartTableName"]?.string
        let rest = database.names.drop { name in start.map { name <= $0 } ?? false }
        var output: JSON = ["TableNames": .array(rest.prefix(limit).map(JSON.string))]
        if rest.count > limit, let last = rest.prefix(limit).last { output["LastEvaluatedTableName"] = .string(last) }
        return output
    }
}
