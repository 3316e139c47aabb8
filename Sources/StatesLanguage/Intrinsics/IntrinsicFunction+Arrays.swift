import JSON

extension IntrinsicFunction {
    /// An array may not become longer by `States.ArrayRange`.
    private static let rangeLimit = 1000

    static func partition(_ array: JSON, size: JSON) -> JSON? {
        guard let array = array.array, let size = size.wholePart, size > 0 else { return nil }
        return .array(
            stride(from: 0, to: array.count, by: min(size, max(1, array.count))).map { start in
                .array(Array(array[start..<min(array.count, start + min(size, array.count))]))
            })
    }

    static func range(from first: JSON, through last: JSON, by step: JSON) -> JSON? {
        guard let first = first.wholePart, let last = last.wholePart, let step = step.wholePart, step != 0 else {
            return nil
        }
        let numbers = stride(from: first, through: last, by: step).prefix(rangeLimit + 1)
        let values = numbers.map(JSON.int)
        return values.count <= rangeLimit ? .array(values) : .none
    }

    static func item(of array: JSON, at index: JSON) -> JSON? {
        guard let array = array.array, let index = index.wholePart, array.indices.contains(index) else { return nil }
        return array[index]
    }

    /// Keeps the first of those that are the same.
    static func unique(_ values: [JSON]) -> [JSON] {
        var seen: Set<JSON> = []
        return values.filter { seen.insert($0.normalized).inserted }
    }
}

extension JSON {
    /// A number without what stands behind its decimal point, as the service takes it.
    var wholePart: Int? {
        guard let number else { return nil }
        if let int = number.int { return int }
        let value = number.double.rounded(.towardZero)
        return abs(value) < 9e15 ? Int(value) : .none
    }

    /// With all numbers of the same value written the same way.
    fileprivate var normalized: JSON {
        switch self {
        case .number(let number): number.int.map(JSON.int) ?? JSON.number(number)
        case .array(let values): .array(values.map(\.normalized))
        case .object(let object):
            .object(object.reduce(into: JSONObject()) { $0[$1.0] = $1.1.normalized })
        default: self
        }
    }
}
