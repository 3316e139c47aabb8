/// Which variables an expression reads and does not define, and which members of `$states` it names.
struct VariableUsage {
    private(set) var free: Set<String> = []
    private(set) var statesMembers: Set<String> = []
    private let symbols: [String]

    private struct Scope {
        var bound: Set<Int> = []
        /// Bound further on in the block: known to the functions in it, which are called later.
        var pending: Set<Int> = []
    }

    init(of node: Node, symbols: [String]) {
        self.symbols = symbols
        var scope = Scope()
        visit(node, &scope)
    }

    private mutating func read(_ symbol: Int, _ scope: Scope) {
        let name = symbols[symbol]
        guard !scope.bound.contains(symbol), !name.hasPrefix("!") else { return }
        guard Library.standard[name] == nil, Library.stepFunctions[name] == nil else { return }
        free.insert(name)
    }

    private mutating func visit(_ node: Node?, _ scope: inout Scope) {
        guard let node else { return }
        visitKind(node, &scope)
        for predicate in node.predicates { visit(predicate, &scope) }
        if let focus = node.focus { scope.bound.insert(focus) }
        if let index = node.index { scope.bound.insert(index) }
        for stage in node.stages {
            switch stage {
            case .filter(let predicate): visit(predicate, &scope)
            case .index(let symbol): scope.bound.insert(symbol)
            }
        }
        visit(node.group, &scope)
    }

    private mutating func visit(_ group: Group?, _ scope: inout Scope) {
        for pair in group?.pairs ?? [] {
            visit(pair.key, &scope)
            visit(pair.value, &scope)
        }
    }

    private mutating func visitKind(_ node: Node, _ scope: inout Scope) {
        switch node.kind {
        case .null, .bool, .number, .string, .name, .wildcard, .descendants, .context, .root, .regex: break
        case .variable(let symbol): read(symbol, scope)
        case .path(let path): visit(path, scope)
        case .sort(let terms): for term in terms { visit(term.expression, &scope) }
        case .arithmetic(_, let left, let right), .comparison(_, let left, let right),
            .equality(_, let left, let right), .concatenate(let left, let right), .and(let left, let right),
            .or(let left, let right), .contained(let left, let right), .range(let left, let right),
            .elvis(let left, let right), .coalesce(let left, let right), .apply(let left, let right):
            visit(left, &scope)
            visit(right, &scope)
        case .negate(let operand): visit(operand, &scope)
        case .array(let items): for item in items { visit(item, &scope) }
        case .object(let group): visit(group, &scope)
        case .block(let expressions): visit(block: expressions, scope)
        case .bind(let symbol, let value):
            visit(value, &scope)
            scope.bound.insert(symbol)
        case .condition(let condition, let then, let otherwise):
            visit(condition, &scope)
            visit(then, &scope)
            visit(otherwise, &scope)
        case .call(let call), .partial(let call):
            visit(call.procedure, &scope)
            for argument in call.arguments { visit(argument, &scope) }
        case .lambda(let lambda):
            var inner = Scope(bound: scope.bound.union(scope.pending).union(lambda.parameters))
            visit(lambda.body, &inner)
        case .transform(let transform):
            visit(transform.pattern, &scope)
            visit(transform.update, &scope)
            visit(transform.delete, &scope)
        }
    }

    private mutating func visit(block: [Node], _ outer: Scope) {
        var scope = outer
        for case .bind(let symbol, _) in block.map(\.kind) { scope.pending.insert(symbol) }
        for expression in block { visit(expression, &scope) }
    }

    private mutating func visit(_ path: Path, _ outer: Scope) {
        var scope = outer
        if path.steps.count > 1, case .variable(let symbol) = path.steps[0].kind, symbols[symbol] == "states",
            !scope.bound.contains(symbol), case .name(let member) = path.steps[1].kind
        {
            statesMembers.insert(member)
        }
        for step in path.steps { visit(step, &scope) }
    }
}
