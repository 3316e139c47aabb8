extension Resolver {
    /// What stays what it is, over resolved children.
    mutating func plain(_ syntax: Syntax) throws(JSONataError) -> Syntax {
        let result = Syntax(syntax.kind, at: syntax.position)
        result.keepArray = syntax.keepArray
        switch syntax.kind {
        case .binary(let symbol, let left, let right):
            result.kind = .binary(symbol, try child(left, of: result), try child(right, of: result))
        case .apply(let left, let right):
            let (left, right) = (try resolve(left), try resolve(right))
            result.keepArray = result.keepArray || left.keepArray || right.keepArray
            result.kind = .apply(left, right)
        case .bind(let name, let value): result.kind = .bind(name, try child(value, of: result))
        case .negate(let operand):
            let operand = try child(operand, of: result)
            if case .number(let value) = operand.kind, operand.predicates.isEmpty, operand.group == nil {
                result.kind = .number(-value)
            } else {
                result.kind = .negate(operand)
            }
        case .array(let items): result.kind = .array(try children(items, of: result))
        case .object(let pairs): result.kind = .object(try self.pairs(pairs, of: result))
        case .block(let expressions): try block(expressions, result)
        case .condition(let condition, let then, let otherwise):
            let condition = try child(condition, of: result)
            let then = try child(then, of: result)
            var other: Syntax?
            if let otherwise { other = try child(otherwise, of: result) }
            result.kind = .condition(condition, then, other)
        case .elvis(let left, let right):
            result.kind = .elvis(try child(left, of: result), try child(right, of: result))
        case .coalesce(let left, let right):
            result.kind = .coalesce(try child(left, of: result), try child(right, of: result))
        default: try function(syntax, result)
        }
        return result
    }

    private mutating func function(_ syntax: Syntax, _ result: Syntax) throws(JSONataError) {
        switch syntax.kind {
        case .call(let procedure, let arguments):
            let arguments = try children(arguments, of: result)
            result.kind = .call(try resolve(procedure), arguments)
        case .partial(let procedure, let arguments):
            var resolved: [Syntax?] = []
            for argument in arguments {
                guard let argument else {
                    resolved.append(nil)
                    continue
                }
                resolved.append(try child(argument, of: result))
            }
            result.kind = .partial(try resolve(procedure), resolved)
        case .lambda(let parameters, let signature, let body):
            result.kind = .lambda(parameters, signature, try resolve(body))
        case .transform(let pattern, let update, let delete):
            let pattern = try resolve(pattern)
            let update = try resolve(update)
            var deleted: Syntax?
            if let delete { deleted = try resolve(delete) }
            result.kind = .transform(pattern: pattern, update: update, delete: deleted)
        default: break
        }
    }

    private mutating func block(_ expressions: [Syntax], _ result: Syntax) throws(JSONataError) {
        let parts = try children(expressions, of: result)
        result.kind = .block(parts)
        result.constructsArray = parts.contains { $0.constructsArray || $0.pathSteps?.first?.constructsArray == true }
    }

    mutating func pairs(_ pairs: [Syntax.Pair], of parent: Syntax? = nil) throws(JSONataError) -> [Syntax.Pair] {
        var resolved: [Syntax.Pair] = []
        for pair in pairs {
            let key = try resolve(pair.key)
            let value = try resolve(pair.value)
            if let parent {
                Self.pass(key, to: parent)
                Self.pass(value, to: parent)
            }
            resolved.append((key, value))
        }
        return resolved
    }

    private mutating func child(_ child: Syntax, of parent: Syntax) throws(JSONataError) -> Syntax {
        let resolved = try resolve(child)
        Self.pass(resolved, to: parent)
        return resolved
    }

    private mutating func children(_ children: [Syntax], of parent: Syntax) throws(JSONataError) -> [Syntax] {
        var resolved: [Syntax] = []
        for child in children { resolved.append(try self.child(child, of: parent)) }
        return resolved
    }
}
