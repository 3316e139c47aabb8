import JSON

/// One step of a path.
indirect enum PathSegment: Hashable, Sendable {
    case name(String)
    /// `['a','b']`: as the last step an object of these members, else each of them.
    case names([String])
    case index(Int)
    case indexes([Int])
    case slice(PathSlice)
    case wildcard
    case filter(PathFilter)
    /// `..`: the next step is taken at this place and everywhere below.
    case descent
    case function(PathFunction)

    func isDefinite(isLast: Bool) -> Bool {
        switch self {
        case .name, .index, .function: true
        case .names: isLast
        case .indexes, .slice, .wildcard, .filter, .descent: false
        }
    }
}

/// `[start:end:step]`; negative places count from the end.
struct PathSlice: Hashable, Sendable {
    var start: Int?
    var end: Int?
    var step: Int

    func places(count: Int) -> StrideTo<Int> {
        let first = place(start, count: count) ?? 0
        let last = place(end, count: count) ?? count
        return stride(from: first, to: max(first, last), by: step)
    }

    private func place(_ place: Int?, count: Int) -> Int? {
        guard let place else { return nil }
        return place < 0 ? max(0, count + max(place, -count)) : min(place, count)
    }
}
