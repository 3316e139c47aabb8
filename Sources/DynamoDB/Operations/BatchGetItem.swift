import AWSCore
import JSON

enum BatchGetItem: ServiceOperation {
    static let name = "BatchGetItem"

    private static let mostKeys = 100
    private static let mostBytes = 16 << 20

    private struct Wish {
        var name: String
        var table: String
        var keys: [(json: JSON, item: Item)]
        var request: OperationInput
        var paths: Projection?
    }

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let wishes = try wishes(input)
        return try database.together { tables throws(ServiceError) in
            var responses = JSONObject()
            var unprocessed = JSONObject()
            var bytes = 0
            for wish in wishes {
                guard let table = tables[wish.table] else { throw Database.notFound }
                let keys = try keys(wish, table)
                var found: [JSON] = []
                var left: [JSON] = []
                for (key, json) in zip(keys, wish.keys.map(\.json)) {
                    guard bytes < mostBytes else {
                        left.append(json)
                        continue
                    }
                    guard let item = table.storage[key] else { continue }
                    bytes += item.size
                    found.append((wish.paths?.of(item) ?? item).json)
                }
                responses[wish.name] = .array(found)
                guard !left.isEmpty else { continue }
                var rest = wish.request.json
                rest["Keys"] = .array(left)
                unprocessed[wish.name] = rest
            }
            return ["Responses": .object(responses), "UnprocessedKeys": .object(unprocessed)]
        }
    }

    private static func keys(_ wish: Wish, _ table: borrowing Table) throws(ServiceError) -> [Key] {
        var keys: [Key] = []
        for (_, item) in wish.keys { keys.append(try table.schema.key(ofRequest: item)) }
        guard Set(keys).count == keys.count else {
            throw .validation("Provided list of item keys contains duplicates")
        }
        return keys
    }

    private static func wishes(_ input: JSON) throws(ServiceError) -> [Wish] {
        guard let requests = input["RequestItems"]?.object else { throw .missing("requestItems") }
        guard !requests.isEmpty else {
            throw .validation(
                "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: Member must have length "
                    + "greater than or equal to 1")
        }
        var wishes: [Wish] = []
        for (name, json) in requests {
            var request = try OperationInput(json)
            let paths = try request.projection()
            try request.names.checkAllUsed()
            guard let list = json["Keys"]?.array else { throw .missing("requestItems.\(name).member.keys") }
            var keys: [(JSON, Item)] = []
            for key in list { keys.append((key, try Item(key))) }
            wishes.append(
                Wish(name: name, table: try Database.name(name), keys: keys, request: request, paths: paths))
        }
        guard wishes.reduce(0, { $0 + $1.keys.count }) <= mostKeys else {
            throw .validation("Too many items requested for the BatchGetItem call")
        }
        return wishes
    }
}
