import JSON

/// Follows the part of a path that can match many places.
struct PathWalk {
    /// What `$` is inside of filters.
    let root: JSON

    /// - Returns: an array of all that matches, or what a function at the end makes of it.
    func value(of segments: ArraySlice<PathSegment>, in value: JSON) -> JSON? {
        var matches = [value]
        var rest = segments
        while let segment = rest.popFirst() {
            switch segment {
            case .descent:
                guard let next = rest.popFirst() else { return nil }
                matches = matches.flatMap { descend($0, taking: next) }
            case .function(let function):
                guard let result = function.result(of: .array(matches), root: root) else { return nil }
                return rest.isEmpty ? result : self.value(ofRest: rest, in: result)
            default:
                let isLast = rest.isEmpty
                matches = matches.flatMap { step(segment, from: $0, isLast: isLast) }
            }
        }
        return .array(matches)
    }

    private func value(ofRest rest: ArraySlice<PathSegment>, in value: JSON) -> JSON? {
        JSONPath(text: "", segments: Array(rest)).value(in: value, root: root)
    }

    private func step(_ segment: PathSegment, from value: JSON, isLast: Bool) -> [JSON] {
        switch segment {
        case .name(let name): value[name].map { [$0] } ?? []
        case .names(let names): step(names, from: value, isLast: isLast)
        case .index(let index): value.element(at: index).map { [$0] } ?? []
        case .indexes(let indexes): indexes.compactMap { value.element(at: $0) }
        case .slice(let slice): value.array.map { array in slice.places(count: array.count).map { array[$0] } } ?? []
        case .wildcard: value.children
        case .filter(let filter): filtered(value, by: filter)
        case .descent, .function: []
        }
    }

    private func step(_ names: [String], from value: JSON, isLast: Bool) -> [JSON] {
        guard let object = value.object else { return [] }
        return isLast ? [object.picking(names)] : names.compactMap { object[$0] }
    }

    /// The elements of an array that pass; an object is tested itself.
    private func filtered(_ value: JSON, by filter: PathFilter) -> [JSON] {
        if let array = value.array { return array.filter { filter.accepts($0, root: root) } }
        return value.object != nil && filter.accepts(value, root: root) ? [value] : []
    }

    /// Takes the step at each array and object, a place before what is inside it.
    private func descend(_ value: JSON, taking segment: PathSegment) -> [JSON] {
        var found: [JSON] = []
        var waiting = [value]
        while let value = waiting.popLast() {
            found += taken(segment, at: value)
            waiting += value.children.reversed()
        }
        return found
    }

    private func taken(_ segment: PathSegment, at value: JSON) -> [JSON] {
        // Every object is reached on the way down, so that an array need not test its elements as well.
        if case .filter(let filter) = segment {
            return value.object != nil && filter.accepts(value, root: root) ? [value] : []
        }
        return step(segment, from: value, isLast: false)
    }
}

extension JSON {
    var children: [JSON] { array ?? object?.values ?? [] }
}
