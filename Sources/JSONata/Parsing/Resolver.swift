/// Turns what was parsed into paths of steps, and finds what every `%` refers to.
struct Resolver {
    static func resolve(_ syntax: Syntax) throws(JSONataError) -> Syntax {
        var resolver = Resolver()
        let resolved = try resolver.resolve(syntax)
        if case .parent = resolved.kind { throw noParent(at: resolved.position) }
        guard resolved.seekingParent.isEmpty else { throw noParent(at: resolved.position) }
        return resolved
    }

    static func noParent(at position: Int) -> JSONataError {
        JSONataError(
            "S0217", "The object representing the 'parent' cannot be derived from this expression", at: position)
    }

    mutating func resolve(_ syntax: Syntax) throws(JSONataError) -> Syntax {
        let result = try resolveKind(syntax)
        if syntax.keepArray { result.keepArray = true }
        return result
    }

    private mutating func resolveKind(_ syntax: Syntax) throws(JSONataError) -> Syntax {
        switch syntax.kind {
        case .string, .number, .bool, .null, .variable, .wildcard, .descendants, .regex, .parent, .path, .sort:
            return Syntax(syntax.kind, at: syntax.position)
        case .name: return name(syntax)
        case .dot(let left, let right): return try dot(syntax, left, right)
        case .filter(let left, let predicate): return try filter(syntax, left, predicate)
        case .groupBy(let left, let pairs): return try groupBy(syntax, left, pairs)
        case .orderBy(let left, let terms): return try orderBy(syntax, left, terms)
        case .focus(let left, let name): return try focus(syntax, left, name)
        case .index(let left, let name): return try index(syntax, left, name)
        default: return try plain(syntax)
        }
    }

    private func name(_ syntax: Syntax) -> Syntax {
        let step = Syntax(syntax.kind, at: syntax.position)
        step.keepArray = syntax.keepArray
        return Syntax(.path([step], keepsSingleton: syntax.keepArray), at: syntax.position)
    }

    private mutating func dot(_ syntax: Syntax, _ left: Syntax, _ right: Syntax) throws(JSONataError) -> Syntax {
        let first = try resolve(left)
        var steps = first.pathSteps ?? [first]
        let result = first.pathSteps == nil ? Syntax(.path([], keepsSingleton: false), at: syntax.position) : first
        var keepsSingleton = false
        if case .path(_, let keeps) = result.kind { keepsSingleton = keeps }
        if case .parent(let slot) = first.kind { result.seekingParent = [slot] }
        let rest = try resolve(right)
        if let more = rest.pathSteps {
            steps += more
        } else {
            rest.stages += rest.predicates
            rest.predicates = []
            steps.append(rest)
        }
        for step in steps { try Self.checkStep(step) }
        if steps.contains(where: \.keepArray) { keepsSingleton = true }
        for step in [steps.first, steps.last] {
            if case .array = step?.kind { step?.constructsArray = true }
        }
        result.kind = .path(steps, keepsSingleton: keepsSingleton)
        try resolveAncestry(of: result)
        return result
    }

    /// A string in a path is a name; other literals have no place there.
    private static func checkStep(_ step: Syntax) throws(JSONataError) {
        let literal: String
        switch step.kind {
        case .string(let name):
            step.kind = .name(name)
            return
        case .number(let value): literal = NumberText.of(value)
        case .bool(let value): literal = value ? "true" : "false"
        case .null: literal = "null"
        default: return
        }
        throw JSONataError(
            "S0213", "The literal value \(literal) cannot be used as a step within a path expression",
            at: step.position)
    }

    private mutating func filter(_ syntax: Syntax, _ left: Syntax, _ right: Syntax) throws(JSONataError) -> Syntax {
        let result = try resolve(left)
        let last = result.pathSteps?.last
        let step = last ?? result
        guard step.group == nil else {
            throw JSONataError(
                "S0209", "A predicate cannot follow a grouping expression in a step", at: syntax.position)
        }
        let predicate = try resolve(right)
        for slot in predicate.seekingParent {
            if slot.level == 1 { try seek(slot, in: step) } else { slot.level -= 1 }
        }
        Self.pass(predicate, to: step)
        if last != nil {
            step.stages.append(.filter(predicate))
        } else {
            step.predicates.append(.filter(predicate))
        }
        return result
    }

    private mutating func groupBy(
        _ syntax: Syntax, _ left: Syntax, _ pairs: [Syntax.Pair]
    ) throws(JSONataError) -> Syntax {
        let result = try resolve(left)
        guard result.group == nil else {
            throw JSONataError("S0210", "Each step can only have one grouping expression", at: syntax.position)
        }
        result.group = try self.pairs(pairs)
        return result
    }

    private mutating func orderBy(
        _ syntax: Syntax, _ left: Syntax, _ terms: [Syntax.Term]
    ) throws(JSONataError) -> Syntax {
        var result = try resolve(left)
        if result.pathSteps == nil { result = Syntax(.path([result], keepsSingleton: false), at: syntax.position) }
        guard case .path(let steps, let keepsSingleton) = result.kind else { return result }
        let sort = Syntax(.sort([]), at: syntax.position)
        var resolved: [Syntax.Term] = []
        for term in terms {
            let expression = try resolve(term.expression)
            Self.pass(expression, to: sort)
            resolved.append((expression, term.isDescending))
        }
        sort.kind = .sort(resolved)
        result.kind = .path(steps + [sort], keepsSingleton: keepsSingleton)
        try resolveAncestry(of: result)
        return result
    }

    private mutating func focus(_ syntax: Syntax, _ left: Syntax, _ name: String) throws(JSONataError) -> Syntax {
        let result = try resolve(left)
        let step = result.pathSteps?.last ?? result
        guard step.stages.isEmpty, step.predicates.isEmpty else {
            throw JSONataError(
                "S0215", "A context variable binding must precede any predicates on a step", at: syntax.position)
        }
        if case .sort = step.kind {
            throw JSONataError(
                "S0216", "A context variable binding must precede the 'order-by' clause on a step",
                at: syntax.position)
        }
        if syntax.keepArray { step.keepArray = true }
        step.focus = name
        step.isTuple = true
        return result
    }

    private mutating func index(_ syntax: Syntax, _ left: Syntax, _ name: String) throws(JSONataError) -> Syntax {
        var result = try resolve(left)
        let step = result.pathSteps?.last ?? result
        if result.pathSteps == nil {
            result = Syntax(.path([step], keepsSingleton: false), at: syntax.position)
            step.stages += step.predicates
            step.predicates = []
        }
        if step.stages.isEmpty { step.index = name } else { step.stages.append(.index(name)) }
        step.isTuple = true
        return result
    }
}
