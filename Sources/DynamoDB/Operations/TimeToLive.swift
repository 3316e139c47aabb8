import AWSCore
import JSON

enum DescribeTimeToLive: ServiceOperation {
    static let name = "DescribeTimeToLive"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let name = try Database.name(input)
        let attribute: String?
        do throws(ServiceError) {
            attribute = try database.read(name) { $0.timeToLive }
        } catch {
            throw Database.noTable(name)
        }
        guard let attribute else { return ["TimeToLiveDescription": ["TimeToLiveStatus": "DISABLED"]] }
        return ["TimeToLiveDescription": ["TimeToLiveStatus": "ENABLED", "AttributeName": .string(attribute)]]
    }
}

enum UpdateTimeToLive: ServiceOperation {
    static let name = "UpdateTimeToLive"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let name = try Database.name(input)
        guard let wish = input["TimeToLiveSpecification"], let isEnabled = wish["Enabled"]?.bool,
            let attribute = wish["AttributeName"]?.string
        else { throw .missing("timeToLiveSpecification") }
        try database.write(name) { table throws(ServiceError) in
            guard (table.timeToLive != nil) != isEnabled else {
                throw .validation("TimeToLive is already \(isEnabled ? "enabled" : "disabled")")
            }
            table.timeToLive = isEnabled ? attribute : nil
        }
        return ["TimeToLiveSpecification": wish]
    }
}
