import AWSCore
import JSON

enum DescribeLimits: ServiceOperation {
    static let name = "DescribeLimits"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        [
            "AccountMaxReadCapacityUnits": 80_000, "AccountMaxWriteCapacityUnits": 80_000,
            "TableMaxReadCapacityUnits": 40_000, "TableMaxWriteCapacityUnits": 40_000,
        ]
    }
}

enum DescribeEndpoints: ServiceOperation {
    static let name = "DescribeEndpoints"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let scheme = call.endpoint.firstRange(of: "://")
        let address = scheme.map { String(call.endpoint[$0.upperBound...]) } ?? call.endpoint
        return ["Endpoints": [["Address": .string(address), "CachePeriodInMinutes": 1440]]]
    }
}

/// Nothing is backed up here, and so it says.
enum DescribeContinuousBackups: ServiceOperation {
    static let name = "DescribeContinuousBackups"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let name = try Tables.name(input)
        try await tables.read { session throws(ServiceError) in
            guard session.catalog.tables[name] == nil else { return }
            throw ServiceError("TableNotFoundException", "Table not found: \(name)")
        }
        return [
            "ContinuousBackupsDescription": [
                "ContinuousBackupsStatus": "ENABLED",
                "PointInTimeRecoveryDescription": ["PointInTimeRecoveryStatus": "DISABLED"],
            ]
        ]
    }
}
