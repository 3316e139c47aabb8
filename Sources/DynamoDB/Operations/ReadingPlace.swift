import AWSCore
import JSON

/// Where the page before ended.
struct ReadingPlace: Sendable {
    /// The item's key in the table.
    let table: Key
    /// Its place in the index that is read; the same as ``table`` without one.
    let index: Key
    /// As it was given.
    let attributes: Item

    init(table: Key) {
        self.table = table
        index = table
        attributes = Item()
    }

    /// - Throws: `ValidationException` when the key is none of the table or the index.
    init?(_ input: JSON, _ table: Table, _ index: TableIndex?) throws(ServiceError) {
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
        self.table = try table.schema.key(ofItem: key)
        guard let place = index.map({ $0.key(key) }) ?? self.table else {
            throw .validation("The provided starting key is invalid")
        }
        self.index = place
        attributes = key
    }

    private static func parsed(_ json: JSON) throws(ServiceError) -> Item {
        do throws(ServiceError) {
            return try Item(json)
        } catch {
            throw ServiceError(error.code, "The provided starting key is invalid: \(error.message)")
        }
    }
}
