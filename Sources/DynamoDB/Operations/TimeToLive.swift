import AWSCore
import JSON

enum DescribeTimeToLive: ServiceOperation {
    static let name = "DescribeTimeToLive"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let name = try Tables.name(input)
        let timeToLive = try await tables.read { session throws(ServiceError) in
            try session.namedTable(name).timeToLive
        }
        guard let timeToLive else { return ["TimeToLiveDescription": ["TimeToLiveStatus": "DISABLED"]] }
        return [
            "TimeToLiveDescription": [
                "TimeToLiveStatus": "ENABLED", "AttributeName": .string(timeToLive.attribute),
            ]
        ]
    }
}

enum UpdateTimeToLive: ServiceOperation {
    static let name = "UpdateTimeToLive"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let name = try Tables.name(input)
        guard let wish = input["TimeToLiveSpecification"] else { throw .missing("timeToLiveSpecification") }
        guard let isEnabled = wish["Enabled"]?.bool else { throw .missing("timeToLiveSpecification.enabled") }
        guard let attribute = wish["AttributeName"]?.string else {
            throw .missing("timeToLiveSpecification.attributeName")
        }
        guard (1...255).contains(attribute.utf8.count) else {
            throw .validation(
                "1 validation error detected: Value '\(attribute.prefix(64))' at 'timeToLiveSpecification.attributeName' failed to "
                    + "satisfy constraint: Member must have length "
                    + (attribute.isEmpty ? "greater than or equal to 1" : "less than or equal to 255"))
        }
        try await tables.write { session throws(ServiceError) in
            var table = try session.namedTable(name)
            if isEnabled {
                guard table.timeToLive == nil else { throw .validation("TimeToLive is already enabled") }
                table.timeToLive = Table.TimeToLive(attribute: attribute, index: session.catalog.newID())
                session.needsFilling()
                session.expires()
            } else {
                guard let old = table.timeToLive else { throw .validation("TimeToLive is already disabled") }
                guard old.attribute == attribute else {
                    throw .validation(
                        "TimeToLive is active on a different AttributeName: current AttributeName is \(old.attribute)")
                }
                table.timeToLive = nil
                try session.abandon([old.index])
            }
            try session.save(table)
        }
        return ["TimeToLiveSpecification": wish]
    }
}
