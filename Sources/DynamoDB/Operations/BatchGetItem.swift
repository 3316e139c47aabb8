import AWSCore
import JSON

enum BatchGetItem: ServiceOperation {
    static let name = "BatchGetItem"

    private static let mostKeys = 100
    private static let mostBytes = 16 << 20

    private struct Wish: Sendable {
        var name: String
        var table: String
        var keys: [Item]
        var request: OperationInput
        var paths: Projection?
    }

    private struct Answer: Sendable {
        var found: [Item] = []
        var left: [JSON] = []
        var capacity = Capacity()
    }

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let consumption = try OperationInput(input)
        let wishes = try wishes(input)
        let answers = try await tables.read { session throws(ServiceError) in try Self.answers(wishes, session) }
        var responses = JSONObject()
        var unprocessed = JSONObject()
        var consumed: [JSON] = []
        for (wish, answer) in zip(wishes, answers) {
            responses[wish.name] = .array(answer.found.map { (wish.paths?.of($0) ?? $0).json })
            call.meter?.read(answer.capacity, items: answer.found.count)
            if let capacity = consumption.consumed(answer.capacity, wish.table) { consumed.append(capacity) }
            guard !answer.left.isEmpty else { continue }
            var rest = wish.request.json
            rest["Keys"] = .array(answer.left)
            unprocessed[wish.name] = rest
        }
        var output: JSON = ["Responses": .object(responses), "UnprocessedKeys": .object(unprocessed)]
        if !consumed.isEmpty { output["ConsumedCapacity"] = .array(consumed) }
        return output
    }

    private static func answers(_ wishes: [Wish], _ session: Session) throws(ServiceError) -> [Answer] {
        var answers: [Answer] = []
        var bytes = 0
        for wish in wishes {
            let table = try session.table(wish.table)
            let keys = try keys(wish, table)
            var answer = Answer()
            for (key, json) in zip(keys, wish.keys.map(\.json)) {
                guard bytes < mostBytes else {
                    answer.left.append(json)
                    continue
                }
                let item = try session.item(key, table)
                let size = item?.size ?? 0
                answer.capacity.table += Capacity.read(size, isConsistent: wish.request.isConsistent)
                bytes += size
                if let item { answer.found.append(item) }
            }
            answers.append(answer)
        }
        return answers
    }

    private static func keys(_ wish: Wish, _ table: Table) throws(ServiceError) -> [Key] {
        var keys: [Key] = []
        for item in wish.keys { keys.append(try table.schema.key(ofRequest: item)) }
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
            guard !list.isEmpty else {
                throw .validation(
                    "1 validation error detected: Value '[]' at 'requestItems.\(name).member.keys' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1")
            }
            var keys: [Item] = []
            for key in list { keys.append(try Item(key)) }
            wishes.append(
                Wish(name: name, table: try Tables.name(name), keys: keys, request: request, paths: paths))
        }
        guard wishes.reduce(0, { $0 + $1.keys.count }) <= mostKeys else {
            throw .validation("Too many items requested for the BatchGetItem call")
        }
        return wishes
    }
}
