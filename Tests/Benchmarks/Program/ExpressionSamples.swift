import JSON

/// An order and what a workflow asks of it.
enum ExpressionSamples {
    static let order = """
        {"id": "o-1842", "user": {"name": "Ada", "tier": "gold"}, "items": [
        {"sku": "a-1", "price": 9.5, "count": 2}, {"sku": "b-7", "price": 99, "count": 1},
        {"sku": "c-3", "price": 4.25, "count": 12}, {"sku": "d-9", "price": 20, "count": 3}]}
        """

    static let all: [(name: String, text: String)] = [
        ("path", "user.name"),
        ("filter", "items[price > 5].sku"),
        ("sum", "$sum(items.(price * count))"),
        ("object", "{\"order\": id, \"skus\": items.sku, \"gold\": user.tier = \"gold\"}"),
        ("map", "$map(items, function($i) { $i.sku & \"-\" & $string($i.count) })"),
        ("text", "$uppercase($join($split(id, \"-\"), \"/\"))"),
    ]

    /// `{"order": {…}, "samples": [[name, text], …]}`
    static var json: JSON {
        [
            "order": (try? JSON(parsing: Array(order.utf8))) ?? .null,
            "samples": .array(all.map { [.string($0.name), .string($0.text)] }),
        ]
    }
}
