import JSON

extension Evaluator {
    func evaluate(_ path: Path, _ node: Node, _ input: Value, _ frame: Frame?) throws(JSONataError) -> Value {
        if path.isSimple, node.group == nil, let value = try simple(path, input, frame) { return value }
        return try general(path, node, input, frame)
    }

    /// Goes down through objects without making sequences.
    ///
    /// - Returns: `nil` when there is an array on the way.
    private func simple(_ path: Path, _ input: Value, _ frame: Frame?) throws(JSONataError) -> Value? {
        var value = input
        var next = 0
        switch path.steps[0].kind {
        case .name: break
        case .variable(let symbol):
            value = lookup(symbol, frame)
            next = 1
        default:
            value = try evaluate(path.steps[0], input, frame)
            next = 1
        }
        guard next < path.steps.count else { return nil }
        while next < path.steps.count {
            guard case .name(let name) = path.steps[next].kind else { return nil }
            switch value {
            case .array, .list: return nil
            case .undefined: return .undefined
            default: value = value.member(name)
            }
            next += 1
        }
        guard case .list = value else { return value }
        return last(value)
    }

    private func general(
        _ path: Path, _ node: Node, _ input: Value, _ frame: Frame?
    ) throws(JSONataError) -> Value {
        var current = firstInput(path, input)
        var result: Value = .undefined
        var tuples: List?
        var isTupleStream = false
        for (place, step) in path.steps.enumerated() {
            if step.isTuple { isTupleStream = true }
            if place == 0, step.constructsArray {
                result = try evaluate(step, .list(List.plain(current)), frame)
            } else if isTupleStream {
                tuples = try tupleStep(step, current, tuples, frame)
            } else {
                result = try self.step(step, current, frame, isLast: place == path.steps.count - 1)
            }
            if !isTupleStream {
                let count = result.isUndefined ? 0 : result.count ?? 1
                if count == 0 { break }
            }
            if step.focus == nil, !isTupleStream { current = result.asElements }
        }
        if isTupleStream, let tuples {
            result = node.isTuple ? .list(tuples) : .list(contexts(of: tuples))
        }
        if path.keepsSingleton { result = keepingSingleton(result) }
        guard let group = node.group else { return result }
        if isTupleStream, let tuples { return try evaluate(group, .list(tuples), frame) }
        return try evaluate(group, result, frame)
    }

    private func firstInput(_ path: Path, _ input: Value) -> [Value] {
        switch path.steps[0].kind {
        case .variable, .context, .root: [input]
        default: input.asElements
        }
    }

    private func contexts(of tuples: List) -> List {
        let contexts = List.sequence()
        for case .tuple(let tuple) in tuples.items { contexts.append(tuple.context) }
        return contexts
    }

    private func keepingSingleton(_ value: Value) -> Value {
        switch value {
        case .list(let list):
            guard list.isSequence || !list.isConstructed else {
                let wrapped = List.sequence([value])
                wrapped.keepsSingleton = true
                return .list(wrapped)
            }
            list.keepsSingleton = true
            return value
        default: return value
        }
    }

    private func step(
        _ step: Node, _ input: [Value], _ frame: Frame?, isLast: Bool
    ) throws(JSONataError) -> Value {
        if case .sort(let terms) = step.kind {
            let sorted = try sort(.list(List.plain(input)), terms, step, frame)
            return try stages(step.stages, sorted, frame)
        }
        if isLast, input.count == 1 {
            let value = try filtered(step, input[0], frame)
            return last(value)
        }
        let result = List.sequence()
        for item in input {
            let value = try filtered(step, item, frame)
            if !value.isUndefined { result.appendFlat(value) }
        }
        try spend(result.items.count / 4)
        return .list(result)
    }

    /// An array that was there stays what it is; anything else becomes a sequence.
    private func last(_ value: Value) -> Value {
        switch value {
        case .undefined: return .list(List.sequence())
        case .array: return value
        case .list(let list):
            if !list.isSequence { return value }
            return .list(List.sequence(list.items))
        default: return .list(List.sequence([value]))
        }
    }

    private func filtered(_ step: Node, _ item: Value, _ frame: Frame?) throws(JSONataError) -> Value {
        var value = try evaluate(step, item, frame)
        for case .filter(let predicate) in step.stages { value = try filter(value, predicate, frame) }
        return value
    }

    func stages(_ stages: [Node.Stage], _ input: Value, _ frame: Frame?) throws(JSONataError) -> Value {
        var result = input
        for stage in stages {
            switch stage {
            case .filter(let predicate): result = try filter(result, predicate, frame)
            case .index(let symbol):
                for (place, item) in (result.list?.items ?? []).enumerated() {
                    guard case .tuple(let tuple) = item else { continue }
                    tuple.bind(symbol, .number(Double(place)))
                }
            }
        }
        return result
    }
}
