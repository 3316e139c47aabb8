extension Evaluator {
    /// The variables of a tuple as a frame.
    func frame(_ tuple: Tuple, _ parent: Frame?) throws(JSONataError) -> Frame {
        let frame = Frame(parent: parent)
        for binding in tuple.bindings { try frame.bind(binding.symbol, binding.value) }
        return frame
    }

    func tupleStep(
        _ step: Node, _ input: [Value], _ tuples: List?, _ frame: Frame?
    ) throws(JSONataError) -> List {
        if case .sort(let terms) = step.kind { return try sortTuples(step, terms, input, tuples, frame) }
        let result = List.sequence()
        result.isTupleStream = true
        for item in tuples?.items ?? input {
            let tuple: Tuple
            if case .tuple(let existing) = item { tuple = existing } else { tuple = Tuple(context: item) }
            let inner = tuples == nil && tuple.bindings.isEmpty ? frame : try self.frame(tuple, frame)
            let value = try evaluate(step, tuple.context, inner)
            if value.isUndefined { continue }
            let isStream = value.list?.isTupleStream == true
            let values = value.asElements
            try spend(values.count)
            for (place, one) in values.enumerated() {
                result.append(.tuple(next(step, tuple, one, place, isStream: isStream)))
            }
        }
        guard case .list(let staged) = try stages(step.stages, .list(result), frame) else { return result }
        return staged
    }

    private func next(_ step: Node, _ tuple: Tuple, _ value: Value, _ place: Int, isStream: Bool) -> Tuple {
        let next = Tuple(context: tuple.context, bindings: tuple.bindings)
        if isStream, case .tuple(let inner) = value {
            for binding in inner.bindings { next.bind(binding.symbol, binding.value) }
            next.context = inner.context
            return next
        }
        if let focus = step.focus { next.bind(focus, value) } else { next.context = value }
        if let index = step.index { next.bind(index, .number(Double(place))) }
        if let ancestor = step.ancestor { next.bind(ancestor, tuple.context) }
        return next
    }

    private func sortTuples(
        _ step: Node, _ terms: [SortTerm], _ input: [Value], _ tuples: List?, _ frame: Frame?
    ) throws(JSONataError) -> List {
        let result = List.sequence()
        if let tuples {
            result.items = try sort(.list(tuples), terms, step, frame).asElements
        } else {
            let sorted = try sort(.list(List.plain(input)), terms, step, frame).asElements
            for (place, item) in sorted.enumerated() {
                let tuple = Tuple(context: item)
                if let index = step.index { tuple.bind(index, .number(Double(place))) }
                result.append(.tuple(tuple))
            }
        }
        result.isTupleStream = true
        guard case .list(let staged) = try stages(step.stages, .list(result), frame) else { return result }
        return staged
    }

    /// One tuple of many: everything bound becomes an array of what was bound.
    func reduced(_ tuples: [Value]) -> Tuple {
        let result = Tuple(context: .undefined)
        for (place, item) in tuples.enumerated() {
            guard case .tuple(let tuple) = item else { continue }
            guard place > 0 else {
                result.context = tuple.context
                result.bindings = tuple.bindings
                continue
            }
            result.context = appended(result.context, tuple.context)
            for binding in tuple.bindings {
                let existing = result.bindings.first { $0.symbol == binding.symbol }?.value ?? .undefined
                result.bind(binding.symbol, appended(existing, binding.value))
            }
        }
        return result
    }

    /// The elements of both, without copying what was only put together for this.
    func appended(_ left: Value, _ right: Value) -> Value {
        if left.isUndefined { return right }
        if right.isUndefined { return left }
        let list = List.plain(left.asElements)
        list.isSequence = !left.isArray
        list.appendElements(right)
        list.isSequence = false
        return .list(list)
    }
}
