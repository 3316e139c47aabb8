import AWSCore
import JSON

/// The attributes of an item or a map, in the order they came.
struct Item: Sendable {
    private(set) var names: [String] = []
    private(set) var values: [AttributeValue] = []

    init() {}

    init(capacity: Int) {
        names.reserveCapacity(capacity)
        values.reserveCapacity(capacity)
    }

    /// - Parameter name: one that the item does not have yet.
    mutating func append(_ name: String, _ value: AttributeValue) {
        names.append(name)
        values.append(value)
    }

    /// - Throws: `ValidationException`.
    init(_ json: JSON, depth: Int = 0) throws(ServiceError) {
        guard let object = json.object else {
            throw ServiceError("SerializationException", "Start of structure or map found where not expected.")
        }
        names.reserveCapacity(object.count)
        values.reserveCapacity(object.count)
        for (name, value) in object {
            names.append(name)
            values.append(try AttributeValue(value, depth: depth))
        }
    }

    var count: Int { names.count }
    var isEmpty: Bool { names.isEmpty }

    subscript(name: String) -> AttributeValue? {
        get { names.firstIndex(of: name).map { values[$0] } }
        set {
            switch (names.firstIndex(of: name), newValue) {
            case (let place?, let value?): values[place] = value
            case (let place?, nil):
                names.remove(at: place)
                values.remove(at: place)
            case (nil, let value?):
                names.append(name)
                values.append(value)
            case (nil, nil): break
            }
        }
    }

    var json: JSON {
        var object = JSONObject()
        for (name, value) in self { object[name] = value.json }
        return .object(object)
    }

    var size: Int {
        var size = 0
        for (name, value) in self { size += name.utf8.count + value.size }
        return size
    }
}

extension Item: Sequence {
    func makeIterator() -> Zip2Sequence<[String], [AttributeValue]>.Iterator { zip(names, values).makeIterator() }
}

extension Item: Hashable {
    static func == (left: Item, right: Item) -> Bool {
        left.count == right.count && left.allSatisfy { right[$0] == $1 }
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for name in names.sorted() { hasher.combine(name) }
    }
}
