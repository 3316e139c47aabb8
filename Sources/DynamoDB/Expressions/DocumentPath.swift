/// Where a value stands in an item: `user.addresses[0].city`.
struct DocumentPath: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case name(String)
        case index(Int)
    }

    var root: String
    var steps: [Step] = []

    /// `[user, addresses, [0], city]`, as errors show it.
    var text: String {
        let parts = steps.map { step in
            switch step {
            case .name(let name): name
            case .index(let index): "[\(index)]"
            }
        }
        return "[\(([root] + parts).joined(separator: ", "))]"
    }

    /// The path to what holds the value; `nil` for an attribute of the item.
    var holder: DocumentPath? {
        steps.isEmpty ? nil : DocumentPath(root: root, steps: Array(steps.dropLast()))
    }

    var lastIndex: Int? {
        guard case .index(let index)? = steps.last else { return nil }
        return index
    }

    func value(in item: Item) -> AttributeValue? {
        var value = item[root]
        for step in steps {
            switch (step, value) {
            case (.name(let name), .map(let map)?): value = map[name]
            case (.index(let index), .list(let list)?): value = list.indices.contains(index) ? list[index] : nil
            default: return nil
            }
        }
        return value
    }

    /// Whether one of the two contains the other, so that both cannot be changed at once.
    func overlaps(_ other: DocumentPath) -> Bool {
        guard root == other.root else { return false }
        return zip(steps, other.steps).allSatisfy { $0 == $1 }
    }

    /// Whether one takes a value for a list that the other takes for a map.
    func conflicts(with other: DocumentPath) -> Bool {
        guard root == other.root, let (left, right) = zip(steps, other.steps).first(where: { $0 != $1 }) else {
            return false
        }
        switch (left, right) {
        case (.name, .index), (.index, .name): return true
        default: return false
        }
    }
}

extension Item {
    /// Puts a value at a path, or takes it away when it is `nil`.
    ///
    /// - Returns: `false` when what should hold it is not there.
    mutating func set(_ value: AttributeValue?, at path: DocumentPath) -> Bool {
        guard !path.steps.isEmpty else {
            self[path.root] = value
            return true
        }
        guard let old = self[path.root], let new = Self.replaced(old, path.steps[...], value) else { return false }
        self[path.root] = new
        return true
    }

    private static func replaced(
        _ whole: AttributeValue, _ steps: ArraySlice<DocumentPath.Step>, _ value: AttributeValue?
    ) -> AttributeValue? {
        guard let step = steps.first else { return value }
        let rest = steps.dropFirst()
        switch (step, whole) {
        case (.name(let name), .map(var map)):
            if rest.isEmpty {
                map[name] = value
            } else {
                guard let old = map[name], let new = replaced(old, rest, value) else { return nil }
                map[name] = new
            }
            return .map(map)
        case (.index(let index), .list(var list)):
            if rest.isEmpty {
                replace(&list, index, value)
            } else {
                guard list.indices.contains(index), let new = replaced(list[index], rest, value) else { return nil }
                list[index] = new
            }
            return .list(list)
        default: return nil
        }
    }

    /// Beyond the end a value is put at the end, as DynamoDB does.
    private static func replace(_ list: inout [AttributeValue], _ index: Int, _ value: AttributeValue?) {
        switch (list.indices.contains(index), value) {
        case (true, let value?): list[index] = value
        case (true, nil): list.remove(at: index)
        case (false, let value?): list.append(value)
        case (false, nil): break
        }
    }
}
