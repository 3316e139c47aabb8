import JSON

/// A function at the end of a path: `$.items.length()`.
enum PathFunction: Hashable, Sendable {
    case aggregate(Aggregate)
    case length, keys, first, last
    case index(Int)
    case append([PathOperand])
    case concat([PathOperand])

    enum Aggregate: String, Hashable, Sendable { case min, max, avg, stddev, sum }

    /// - Returns: `nil` where the function cannot be applied.
    func result(of value: JSON, root: JSON) -> JSON? {
        switch self {
        case .aggregate(let aggregate): aggregate.result(of: value)
        case .length: (value.array?.count ?? value.object?.count ?? value.string?.unicodeScalars.count).map(JSON.int)
        case .keys: value.object.map { .array($0.keys.map(JSON.string)) }
        case .first: value.element(at: 0)
        case .last: value.element(at: -1)
        case .index(let index): value.element(at: index)
        case .append(let values): value.array.map { .array($0 + values.compactMap { $0.value(in: value, root: root) }) }
        case .concat(let values): .string(Self.texts([value] + values.compactMap { $0.value(in: value, root: root) }))
        }
    }

    private static func texts(_ values: [JSON]) -> String {
        values.flatMap { $0.array ?? [$0] }.map { $0.string ?? $0.text }.joined()
    }
}

extension PathFunction.Aggregate {
    fileprivate func result(of value: JSON) -> JSON? {
        guard let array = value.array else { return nil }
        let numbers = array.compactMap(\.number)
        guard !numbers.isEmpty else { return nil }
        let doubles = numbers.map(\.double)
        let count = Double(doubles.count)
        switch self {
        case .min: return numbers.min { $0.double < $1.double }.map(JSON.number)
        case .max: return numbers.max { $0.double < $1.double }.map(JSON.number)
        case .sum: return .double(doubles.reduce(0, +))
        case .avg: return .double(doubles.reduce(0, +) / count)
        case .stddev:
            let mean = doubles.reduce(0, +) / count
            let variance = doubles.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
            return .double(variance.squareRoot())
        }
    }
}
