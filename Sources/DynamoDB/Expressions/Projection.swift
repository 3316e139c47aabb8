/// The parts of an item that a projection asks for, in the shape that they have in the item.
struct Projection: Sendable {
    private var isWhole = false
    private var members: [String: Projection] = [:]
    private var elements: [Int: Projection] = [:]

    let roots: Set<String>

    init(_ paths: [DocumentPath]) {
        roots = Set(paths.map(\.root))
        for path in paths {
            members[path.root, default: Projection()].add(path.steps[...])
        }
    }

    private init() { roots = [] }

    private mutating func add(_ steps: ArraySlice<DocumentPath.Step>) {
        switch steps.first {
        case nil: isWhole = true
        case .name(let name)?: members[name, default: Projection()].add(steps.dropFirst())
        case .index(let index)?: elements[index, default: Projection()].add(steps.dropFirst())
        }
    }

    func of(_ item: Item) -> Item {
        var result = Item()
        for (name, value) in item {
            guard let part = members[name]?.of(value) else { continue }
            result[name] = part
        }
        return result
    }

    /// - Returns: `nil` when nothing that is asked for is there.
    private func of(_ value: AttributeValue) -> AttributeValue? {
        guard !isWhole else { return value }
        switch value {
        case .map(let map) where !members.isEmpty:
            let part = of(map)
            return part.isEmpty ? nil : .map(part)
        case .list(let list):
            let parts = elements.keys.sorted().compactMap { index in
                list.indices.contains(index) ? elements[index]?.of(list[index]) : nil
            }
            return parts.isEmpty ? nil : .list(parts)
        default: return nil
        }
    }
}
