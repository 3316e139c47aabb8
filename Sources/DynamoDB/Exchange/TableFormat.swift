package import JSON

/// How items stand in a file.
package enum TableFormat: String, Sendable, CaseIterable {
    /// One plain JSON object a line. Sets become arrays and binaries base64 texts.
    case json
    /// One `{"Item": …}` a line, as exports to S3 have it. Loses nothing.
    case dynamodb
    /// A header with the names of all attributes, and one item a line.
    case csv

    /// - Parameter file: a name whose ending may tell.
    package init(file: String) {
        self = file.lowercased().hasSuffix(".csv") ? .csv : .json
    }
}

/// Why a line of a file is no item.
package struct ExchangeError: Error, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

/// The key attributes of a table with their types, for values that a format cannot tell apart.
package struct ExchangeKeys: Sendable {
    package let names: [String]
    private let kinds: [String: String]

    /// - Parameter table: as `DescribeTable` gives it.
    package init(table: JSON) {
        names = (table["KeySchema"]?.array ?? []).compactMap { $0["AttributeName"]?.string }
        var kinds: [String: String] = [:]
        for definition in table["AttributeDefinitions"]?.array ?? [] {
            guard let name = definition["AttributeName"]?.string else { continue }
            kinds[name] = definition["AttributeType"]?.string
        }
        self.kinds = kinds
    }

    func kind(_ name: String) -> String? { kinds[name] }
}
