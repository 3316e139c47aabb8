import AWSCore
import JSON
import Synchronization

/// All tables; every operation is one step that nothing comes between.
package final class Database: Sendable {
    private let tables = Mutex<[String: Table]>([:])

    private static let mostTables = 2500

    var names: [String] { tables.withLock { $0.keys.sorted() } }

    func create(_ table: Table) throws(ServiceError) {
        try tables.withLock { tables throws(ServiceError) in
            guard tables[table.name] == nil else {
                throw ServiceError("ResourceInUseException", "Table already exists: \(table.name)")
            }
            guard tables.count < Self.mostTables else {
                throw ServiceError(
                    "LimitExceededException",
                    "Subscriber limit exceeded: There is a limit of 2500 tables per subscriber")
            }
            tables[table.name] = table
        }
    }

    func delete(_ name: String) throws(ServiceError) -> Table {
        try tables.withLock { tables throws(ServiceError) in
            guard let table = tables.removeValue(forKey: name) else { throw Self.noTable(name) }
            return table
        }
    }

    /// Looks at a table in place.
    func read<Result: Sendable>(
        _ name: String, _ body: (borrowing Table) throws(ServiceError) -> Result
    ) throws(ServiceError) -> Result {
        try tables.withLock { tables throws(ServiceError) in
            guard let table = tables[name] else { throw Self.notFound }
            return try body(table)
        }
    }

    func write<Result: Sendable>(
        _ name: String, _ body: (inout Table) throws(ServiceError) -> Result
    ) throws(ServiceError) -> Result {
        try tables.withLock { tables throws(ServiceError) in
            guard var table = tables.removeValue(forKey: name) else { throw Self.notFound }
            defer { tables[name] = table }
            return try body(&table)
        }
    }

    /// Looks at many tables at one time, or changes them.
    func together<Result: Sendable>(
        _ body: (inout [String: Table]) throws(ServiceError) -> Result
    ) throws(ServiceError) -> Result {
        try tables.withLock { tables throws(ServiceError) in try body(&tables) }
    }

    static let notFound = ServiceError("ResourceNotFoundException", "Requested resource not found")

    static func noTable(_ name: String) -> ServiceError {
        ServiceError("ResourceNotFoundException", "Requested resource not found: Table: \(name) not found")
    }

    /// The table that a request names, by name or ARN.
    static func name(_ input: JSON) throws(ServiceError) -> String {
        guard let text = input["TableName"]?.string else { throw .missing("tableName") }
        return try name(text)
    }

    static func name(_ text: String) throws(ServiceError) -> String {
        if let arn = ARN(text), arn.resource.hasPrefix("table/") {
            return String(arn.resource.dropFirst("table/".count))
        }
        let isProper = text.utf8.allSatisfy { byte in
            "._-".utf8.contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x80
        }
        guard (3...255).contains(text.utf8.count), isProper else {
            throw .validation(
                "Invalid table/index name.  Table/index names must be between 3 and 255 characters long, and may contain only "
                    + "the characters a-z, A-Z, 0-9, '_', '-', and '.'")
        }
        return text
    }
}
