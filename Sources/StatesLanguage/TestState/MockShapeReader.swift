/// Reads shapes in the notation of ``MockShapeTable``.
struct MockShapeReader {
    private var rest: Substring

    static func read(_ text: String) -> MockShape {
        var reader = MockShapeReader(rest: text[...])
        return reader.shape()
    }

    private mutating func take(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func word() -> String {
        let word = rest.prefix { $0.isLetter || $0.isNumber }
        rest = rest.dropFirst(word.count)
        return String(word)
    }

    private mutating func shape() -> MockShape {
        if take("{") {
            return .object(members())
        } else if take("[") {
            let element = shape()
            _ = take("]")
            return .list(element)
        } else if take("<") {
            let element = shape()
            _ = take(">")
            return .map(element)
        } else if take("*") {
            return .anything
        }
        switch word() {
        case "s": return .text
        case "b": return .flag
        case "a": return .attribute
        default: return number()
        }
    }

    private mutating func number() -> MockShape {
        guard take("(") else { return .number(least: nil, most: nil) }
        let least = Double(word())
        while take(".") {}
        let most = Double(word())
        _ = take(")")
        return .number(least: least, most: most)
    }

    private mutating func members() -> [MockShape.Member] {
        var members: [MockShape.Member] = []
        while !rest.isEmpty, !take("}") {
            if take(" ") { continue }
            let name = word()
            let isRequired = take("!")
            guard !name.isEmpty, take(":") else { return members }
            members.append(MockShape.Member(name: name, isRequired: isRequired, shape: shape()))
        }
        return members
    }
}
