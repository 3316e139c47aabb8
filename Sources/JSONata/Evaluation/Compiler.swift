/// Turns resolved syntax into nodes, and names into numbers.
struct Compiler {
    private(set) var symbols: [String]
    private var numbers: [String: Int] = [:]

    init(symbols: [String]) {
        self.symbols = symbols
        for (number, symbol) in symbols.enumerated() { numbers[symbol] = number }
    }

    private mutating func symbol(_ name: String) -> Int {
        if let number = numbers[name] { return number }
        symbols.append(name)
        numbers[name] = symbols.count - 1
        return symbols.count - 1
    }

    mutating func compile(_ syntax: Syntax) -> Node {
        var details = Node.Details()
        if let focus = syntax.focus { details.focus = symbol(focus) }
        if let index = syntax.index { details.index = symbol(index) }
        if let ancestor = syntax.ancestor { details.ancestor = symbol(ancestor.label) }
        for stage in syntax.stages {
            switch stage {
            case .filter(let predicate): details.stages.append(.filter(compile(predicate)))
            case .index(let name): details.stages.append(.index(symbol(name)))
            }
        }
        for case .filter(let predicate) in syntax.predicates { details.predicates.append(compile(predicate)) }
        if let pairs = syntax.group { details.group = group(pairs, syntax) }
        return Node(kind(syntax), syntax, details: details)
    }

    private mutating func group(_ pairs: [Syntax.Pair], _ syntax: Syntax) -> Group {
        var compiled: [(key: Node, value: Node)] = []
        for pair in pairs { compiled.append((compile(pair.key), compile(pair.value))) }
        return Group(pairs: compiled, position: syntax.position)
    }

    private mutating func all(_ many: [Syntax]) -> [Node] {
        var compiled: [Node] = []
        for one in many { compiled.append(compile(one)) }
        return compiled
    }

    private mutating func kind(_ syntax: Syntax) -> Node.Kind {
        switch syntax.kind {
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let value): .number(value)
        case .string(let text): .string(text)
        case .name(let name): .name(name)
        case .wildcard: .wildcard
        case .descendants: .descendants
        case .regex(let pattern): .regex(pattern)
        case .parent(let slot): .variable(symbol(slot.label))
        case .variable(let name): name.isEmpty ? .context : name == "$" ? .root : .variable(symbol(name))
        case .path(let steps, let keepsSingleton): .path(Path(steps: all(steps), keepsSingleton: keepsSingleton))
        case .sort(let terms): .sort(sort(terms))
        case .binary(let binary, let left, let right): self.binary(binary, compile(left), compile(right))
        case .negate(let operand): .negate(compile(operand))
        case .array(let items): .array(all(items))
        case .object(let pairs): .object(group(pairs, syntax))
        case .block(let expressions): .block(all(expressions))
        case .bind(let name, let value): bind(name, value)
        case .condition(let condition, let then, let otherwise):
            self.condition(condition, then, otherwise)
        case .elvis(let left, let right): .elvis(compile(left), compile(right))
        case .coalesce(let left, let right): .coalesce(compile(left), compile(right))
        default: function(syntax)
        }
    }

    private mutating func bind(_ name: String, _ value: Syntax) -> Node.Kind {
        .bind(symbol(name), compile(value))
    }

    private mutating func condition(_ condition: Syntax, _ then: Syntax, _ otherwise: Syntax?) -> Node.Kind {
        let (condition, then) = (compile(condition), compile(then))
        guard let otherwise else { return .condition(condition, then, nil) }
        return .condition(condition, then, compile(otherwise))
    }

    private mutating func sort(_ terms: [Syntax.Term]) -> [SortTerm] {
        var compiled: [SortTerm] = []
        for term in terms {
            compiled.append(SortTerm(expression: compile(term.expression), isDescending: term.isDescending))
        }
        return compiled
    }

    private func binary(_ binary: BinaryOperator, _ left: Node, _ right: Node) -> Node.Kind {
        switch binary {
        case .add, .subtract, .multiply, .divide, .modulo: .arithmetic(binary, left, right)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison(binary, left, right)
        case .equal: .equality(isNegated: false, left, right)
        case .notEqual: .equality(isNegated: true, left, right)
        case .concatenate: .concatenate(left, right)
        case .and: .and(left, right)
        case .or: .or(left, right)
        case .contained: .contained(left, right)
        case .range: .range(left, right)
        }
    }

    private mutating func function(_ syntax: Syntax) -> Node.Kind {
        switch syntax.kind {
        case .apply(let left, let right): return .apply(compile(left), compile(right))
        case .call(let procedure, let arguments): return .call(call(procedure, arguments))
        case .partial(let procedure, let arguments): return .partial(call(procedure, arguments))
        case .lambda(let parameters, let signature, let body):
            var numbers: [Int] = []
            for parameter in parameters { numbers.append(symbol(parameter)) }
            return .lambda(Lambda(parameters: numbers, signature: signature, body: compile(body)))
        case .transform(let pattern, let update, let delete):
            let (pattern, update) = (compile(pattern), compile(update))
            guard let delete else {
                return .transform(Transform(pattern: pattern, update: update, delete: nil))
            }
            return .transform(Transform(pattern: pattern, update: update, delete: compile(delete)))
        default: return .null
        }
    }

    private mutating func call(_ procedure: Syntax, _ arguments: [Syntax?]) -> Call {
        var compiled: [Node?] = []
        for argument in arguments {
            guard let argument else {
                compiled.append(nil)
                continue
            }
            compiled.append(compile(argument))
        }
        var name: String?
        var suspected: Int?
        if case .name(let first)? = procedure.pathSteps?.first?.kind {
            name = first
            suspected = symbol(first)
        } else if case .variable(let variable) = procedure.kind {
            name = variable
        }
        return Call(procedure: compile(procedure), arguments: compiled, name: name, suspectedVariable: suspected)
    }
}
