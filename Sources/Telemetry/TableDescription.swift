package import JSON

/// A table as it is now; told again when its schema changed, and at most once a second when its size did.
package struct TableDescription: Hashable, Sendable {
    package var name: String
    package var arn: String
    /// `ACTIVE`, `CREATING`, `DELETING`, …
    package var status: String
    package var items: Int
    package var bytes: Int
    package var indexes: [Index]
    package var streamARN: String?
    /// The whole description, as `DescribeTable` gives it.
    package var description: JSON

    package struct Index: Hashable, Sendable {
        package var name: String
        package var isGlobal: Bool
        package var status: String
        package var items: Int
        package var bytes: Int

        package init(name: String, isGlobal: Bool, status: String = "ACTIVE", items: Int = 0, bytes: Int = 0) {
            self.name = name
            self.isGlobal = isGlobal
            self.status = status
            self.items = items
            self.bytes = bytes
        }
    }

    package init(
        name: String, arn: String = "", status: String = "ACTIVE", items: Int = 0, bytes: Int = 0,
        indexes: [Index] = [], streamARN: String? = nil, description: JSON = .null
    ) {
        self.name = name
        self.arn = arn
        self.status = status
        self.items = items
        self.bytes = bytes
        self.indexes = indexes
        self.streamARN = streamARN
        self.description = description
    }
}
