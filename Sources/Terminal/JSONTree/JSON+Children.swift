import JSON

extension JSON {
    var childCount: Int {
        switch self {
        case .array(let elements): elements.count
        case .object(let members): members.count
        default: 0
        }
    }

    func child(_ index: Int) -> JSON? {
        switch self {
        case .array(let elements): elements.indices.contains(index) ? elements[index] : nil
        case .object(let members): members.values.indices.contains(index) ? members.values[index] : nil
        default: nil
        }
    }

    func childName(_ index: Int) -> String? {
        guard case .object(let members) = self, members.keys.indices.contains(index) else { return nil }
        return members.keys[index]
    }

    var brackets: (open: String, close: String) {
        if case .array = self { return ("[", "]") }
        return ("{", "}")
    }
}
