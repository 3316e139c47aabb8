import AWSCore
import JSON

/// Where the page before ended.
struct ReadingPlace {
    let key: Item
    /// The attributes that items of a partition are ordered by.
    private let names: [String]
    private let order: [[UInt8]]
    private let isForward: Bool

    /// - Throws: `ValidationException` when the key is none of the table or the index.
    init?(
        _ input: JSON, _ table: borrowing Table, _ index: Table.Index?, isForward: Bool
    ) throws(ServiceError) {
        guard let json = input["ExclusiveStartKey"], !json.isNull else { return nil }
        let key = try Self.parsed(json)
        let expected = table.schema.attributes + (index?.schema.attributes ?? [])
        guard Set(expected.map(\.name)) == Set(key.names) else {
            throw .validation("The provided starting key is invalid")
        }
        guard expected.allSatisfy({ key[$0.name]?.kind == $0.kind }) else {
            throw .validation(
                "The provided starting key is invalid: The provided key element does not match the schema")
        }
        self.key = key
        names = [index?.schema.sort?.name].compactMap { $0 } + table.schema.names
        order = names.map { key[$0]?.keyBytes ?? [] }
        self.isForward = isForward
    }

    private static func parsed(_ json: JSON) throws(ServiceError) -> Item {
        do throws(ServiceError) {
            return try Item(json)
        } catch {
            throw ServiceError(error.code, "The provided starting key is invalid: \(error.message)")
        }
    }

    /// Whether the item comes later than this place.
    func isBefore(_ item: Item) -> Bool {
        for (name, left) in zip(names, order) {
            let right = item[name]?.keyBytes ?? []
            guard left == right else { return left.lexicographicallyPrecedes(right) == isForward }
        }
        return false
    }
}
