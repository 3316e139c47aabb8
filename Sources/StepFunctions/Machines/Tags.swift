import AWSCore
import JSON

/// The tags of a machine or an activity, in the order they were set.
struct Tags: Hashable, Sendable {
    private(set) var pairs: [Pair] = []

    struct Pair: Hashable, Sendable {
        var key: String
        var value: String
    }

    static let most = 50

    init() {}

    /// - Throws: `TooManyTags`, or `ValidationException` for tags without a key.
    init(_ list: [JSON]?) throws(ServiceError) {
        for json in list ?? [] {
            let input = Input(json)
            let key = try input.required("key", atMost: 128)
            let value = try input.string("value", atMost: 256) ?? ""
            pairs.removeAll { $0.key == key }
            pairs.append(Pair(key: key, value: value))
        }
    }

    mutating func merge(_ other: Tags, arn: String) throws(ServiceError) {
        var merged = self
        for pair in other.pairs {
            if let place = merged.pairs.firstIndex(where: { $0.key == pair.key }) {
                merged.pairs[place] = pair
            } else {
                merged.pairs.append(pair)
            }
        }
        guard merged.pairs.count <= Self.most else {
            throw ServiceError(
                "TooManyTags", "You've exceeded the number of tags allowed for a resource: '\(arn)'",
                details: JSONObject([("resourceName", .string(arn))]))
        }
        self = merged
    }

    mutating func remove(_ keys: [String]) { pairs.removeAll { keys.contains($0.key) } }

    var json: JSON { .array(pairs.map { ["key": .string($0.key), "value": .string($0.value)] }) }
}
