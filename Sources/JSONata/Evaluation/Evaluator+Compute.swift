extension Evaluator {
    func compute(_ node: Node, _ input: Value, _ frame: Frame?) throws(JSONataError) -> Value {
        switch node.kind {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .number(let value): return .number(value)
        case .string(let text): return .string(text)
        case .name(let name): return lookup(name, in: input)
        case .variable(let symbol): return lookup(symbol, frame)
        case .context: return unwrapped(input)
        case .root: return root
        case .path(let path): return try evaluate(path, node, input, frame)
        case .arithmetic(let symbol, let left, let right):
            return try arithmetic(symbol, node, try evaluate(left, input, frame), try evaluate(right, input, frame))
        case .comparison(let symbol, let left, let right):
            return try comparison(symbol, node, try evaluate(left, input, frame), try evaluate(right, input, frame))
        case .equality(let isNegated, let left, let right):
            let (left, right) = (try evaluate(left, input, frame), try evaluate(right, input, frame))
            if left.isUndefined || right.isUndefined { return .bool(false) }
            return .bool(Equality.areEqual(left, right) != isNegated)
        case .and(let left, let right):
            guard try evaluate(left, input, frame).isTrue else { return .bool(false) }
            return .bool(try evaluate(right, input, frame).isTrue)
        case .or(let left, let right):
            if try evaluate(left, input, frame).isTrue { return .bool(true) }
            return .bool(try evaluate(right, input, frame).isTrue)
        case .condition(let condition, let then, let otherwise):
            if try evaluate(condition, input, frame).isTrue { return try evaluate(then, input, frame) }
            guard let otherwise else { return .undefined }
            return try evaluate(otherwise, input, frame)
        case .concatenate(let left, let right): return try concatenate(left, right, input, frame)
        case .call(let call): return try evaluate(call, node, input, frame)
        case .object(let group): return try evaluate(object: group, input, frame)
        case .array(let items): return try arrayConstructor(items, node, input, frame)
        case .block(let expressions): return try block(expressions, input, frame)
        default: return try computeRare(node, input, frame)
        }
    }

    private func computeRare(_ node: Node, _ input: Value, _ frame: Frame?) throws(JSONataError) -> Value {
        switch node.kind {
        case .bind(let symbol, let value):
            let value = try evaluate(value, input, frame)
            try bind(symbol, value, frame)
            return value
        case .wildcard: return wildcard(input)
        case .descendants: return try descendants(of: input)
        case .regex(let pattern): return .function(Function(.pattern(pattern)))
        case .contained(let left, let right):
            let (left, right) = (try evaluate(left, input, frame), try evaluate(right, input, frame))
            if left.isUndefined || right.isUndefined { return .bool(false) }
            return .bool(right.asElements.contains { Equality.areEqual($0, left) })
        case .range(let left, let right):
            return try range(node, try evaluate(left, input, frame), try evaluate(right, input, frame))
        case .negate(let operand): return try negate(node, try evaluate(operand, input, frame))
        case .elvis(let left, let right):
            let value = try evaluate(left, input, frame)
            return value.isTrue ? value : try evaluate(right, input, frame)
        case .coalesce(let left, let right):
            let value = try evaluate(left, input, frame)
            return value.isUndefined ? try evaluate(right, input, frame) : value
        case .apply(let left, let right): return try apply(left, right, node, input, frame)
        case .partial(let call): return try partial(call, node, input, frame)
        case .lambda(let lambda): return .function(Function(.lambda(lambda, frame, input: input)))
        case .transform(let transform): return .function(Function(.transform(transform, frame)))
        default: return .undefined
        }
    }

    func unwrapped(_ input: Value) -> Value {
        guard case .list(let list) = input, list.isWrapper else { return input }
        return list.items.first ?? .undefined
    }

    private func block(_ expressions: [Node], _ input: Value, _ frame: Frame?) throws(JSONataError) -> Value {
        let inner = Frame(parent: frame)
        var result = Value.undefined
        for expression in expressions { result = try evaluate(expression, input, inner) }
        return result
    }

    private func arrayConstructor(
        _ items: [Node], _ node: Node, _ input: Value, _ frame: Frame?
    ) throws(JSONataError) -> Value {
        let list = List.plain([])
        list.items.reserveCapacity(items.count)
        for item in items {
            let value = try evaluate(item, input, frame)
            if value.isUndefined { continue }
            if case .array = item.kind {
                list.append(value)
            } else {
                try spend(value.count ?? 1)
                list.appendElements(value)
            }
        }
        list.isConstructed = node.constructsArray
        return .list(try list.sealed())
    }
}
