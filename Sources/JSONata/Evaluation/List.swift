/// An array that the evaluation made.
final class List {
    /// Nesting beyond this ends an evaluation: what is nested deeper cannot safely be walked.
    static let deepest = 150

    var items: [Value]
    /// A result sequence: one of one item is that item.
    var isSequence: Bool
    var keepsSingleton = false
    /// Made by `[…]` in a path: not flattened into it.
    var isConstructed = false
    /// Holds the input itself, which is an array.
    var isWrapper = false
    var isTupleStream = false
    private(set) var depth = 1

    private init(items: [Value], isSequence: Bool) {
        self.items = items
        self.isSequence = isSequence
        for item in items { depth = max(depth, item.depth + 1) }
    }

    static func sequence(_ items: [Value] = []) -> List { List(items: items, isSequence: true) }

    static func plain(_ items: [Value]) -> List { List(items: items, isSequence: false) }

    func append(_ value: Value) {
        depth = max(depth, value.depth + 1)
        items.append(value)
    }

    /// Adds the elements of an array that is not constructed, or the value itself.
    func appendFlat(_ value: Value) {
        switch value {
        case .array(let values):
            items.reserveCapacity(items.count + values.count)
            for value in values { items.append(Value(value)) }
        case .list(let list) where !list.isConstructed:
            depth = max(depth, list.depth)
            items.append(contentsOf: list.items)
        default: append(value)
        }
    }

    /// Adds the elements of any array, or the value itself.
    func appendElements(_ value: Value) {
        switch value {
        case .array(let values): items.append(contentsOf: values.map(Value.init))
        case .list(let list):
            depth = max(depth, list.depth)
            items.append(contentsOf: list.items)
        default: append(value)
        }
    }

    /// - Throws: when what is in the list nests too deeply.
    func sealed() throws(JSONataError) -> List {
        guard depth <= Self.deepest else { throw JSONataError.nestsTooDeep }
        return self
    }
}

/// An object that the evaluation made.
final class Record {
    private(set) var keys: [String] = []
    private(set) var values: [Value] = []
    private(set) var depth = 1
    private var places: [String: Int] = [:]

    private static let smallCount = 12

    init() {}

    init(keys: [String], values: [Value]) {
        for (key, value) in zip(keys, values) { self[key] = value }
    }

    private func place(of key: String) -> Int? {
        keys.count <= Self.smallCount ? keys.firstIndex(of: key) : places[key]
    }

    /// Assigning undefined removes.
    subscript(key: String) -> Value {
        get { place(of: key).map { values[$0] } ?? .undefined }
        set {
            if newValue.isUndefined {
                remove(key)
                return
            }
            depth = max(depth, newValue.depth + 1)
            if let place = place(of: key) {
                values[place] = newValue
                return
            }
            keys.append(key)
            values.append(newValue)
            if keys.count == Self.smallCount + 1 {
                rebuildPlaces()
            } else if keys.count > Self.smallCount {
                places[key] = keys.count - 1
            }
        }
    }

    private func remove(_ key: String) {
        guard let place = place(of: key) else { return }
        keys.remove(at: place)
        values.remove(at: place)
        rebuildPlaces()
    }

    private func rebuildPlaces() {
        places.removeAll()
        guard keys.count > Self.smallCount else { return }
        for (place, key) in keys.enumerated() { places[key] = place }
    }

    func sealed() throws(JSONataError) -> Record {
        guard depth <= List.deepest else { throw JSONataError.nestsTooDeep }
        return self
    }
}

/// One row of the stream that `@`, `#` and `%` make: the context and what is bound with it.
final class Tuple {
    var context: Value
    var bindings: [(symbol: Int, value: Value)]

    init(context: Value, bindings: [(symbol: Int, value: Value)] = []) {
        self.context = context
        self.bindings = bindings
    }

    func bind(_ symbol: Int, _ value: Value) {
        if let place = bindings.firstIndex(where: { $0.symbol == symbol }) {
            bindings[place].value = value
        } else {
            bindings.append((symbol, value))
        }
    }
}

extension JSONataError {
    static var nestsTooDeep: JSONataError {
        JSONataError("U1001", "Stack overflow error: a value nests more than \(List.deepest) deep")
    }
}
