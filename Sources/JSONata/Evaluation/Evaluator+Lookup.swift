extension Evaluator {
    /// The member of an object, or those of all objects in an array.
    func lookup(_ name: String, in input: Value) -> Value {
        switch input {
        case .object, .record: return input.member(name)
        case .array(let values):
            let found = List.sequence()
            for value in values { collect(lookup(name, in: Value(value)), into: found) }
            return .list(found)
        case .list(let list):
            let found = List.sequence()
            for value in list.items { collect(lookup(name, in: value), into: found) }
            return .list(found)
        default: return .undefined
        }
    }

    private func collect(_ value: Value, into found: List) {
        if value.isUndefined { return }
        found.appendElements(value)
    }

    func wildcard(_ input: Value) -> Value {
        var input = input
        if case .list(let list) = input, list.isWrapper, let first = list.items.first { input = first }
        let results = List.sequence()
        for value in input.memberValues ?? input.elements ?? [] {
            guard value.isArray else {
                results.append(value)
                continue
            }
            var flat: [Value] = []
            flatten(value, into: &flat)
            for item in flat { results.append(item) }
            // What was put together from arrays is an array, even one of one element.
            results.isSequence = false
        }
        return .list(results)
    }

    private func flatten(_ value: Value, into flat: inout [Value]) {
        var waiting = [value]
        while let next = waiting.popLast() {
            if let elements = next.elements { waiting += elements.reversed() } else { flat.append(next) }
        }
    }

    func descendants(of input: Value) throws(JSONataError) -> Value {
        guard !input.isUndefined else { return .undefined }
        let results = List.sequence()
        var waiting = [input]
        while let next = waiting.popLast() {
            try spend(1)
            if let elements = next.elements {
                waiting += elements.reversed()
                continue
            }
            results.append(next)
            waiting += (next.memberValues ?? []).reversed()
        }
        return .list(results)
    }
}
