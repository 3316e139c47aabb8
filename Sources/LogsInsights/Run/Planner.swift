/// Makes a plan of commands: finds out what each name means where it stands.
struct Planner {
    private var scope = Scope()
    private var stage = Stage()
    private var stages: [Stage] = []
    /// What is shown: by `fields` and `parse`, or by the last `display`.
    private var listed: [String] = []
    private var displayed: [String]?
    private var keys: [RowsPlan.Key] = []
    private var hasLines = true

    static let pointer = "@ptr"

    static func plan(_ commands: [Command]) throws(InsightsError) -> Plan {
        var planner = Planner()
        return try planner.plan(commands)
    }

    private mutating func plan(_ commands: [Command]) throws(InsightsError) -> Plan {
        for (index, command) in commands.enumerated() {
            let rest = commands[(index + 1)...]
            switch command {
            case .fields(let items):
                for item in items { append(try name(of: item)) }
            case .display(let items):
                var names: [String] = []
                for item in items { names.append(try name(of: item)) }
                displayed = names
            case .filter(let condition): stage.filters.append(try scope.resolve(condition))
            case .parse(let parse): try add(parse)
            case .sort(let items):
                keys = []
                for item in items {
                    keys.append(
                        RowsPlan.Key(
                            expression: try scope.resolve(item.expression), isDescending: item.isDescending))
                }
            case .limit(let count): end(limit: count, distinct: [], rest)
            case .dedup(let items):
                var distinct: [Expression] = []
                for item in items { distinct.append(try scope.resolve(item)) }
                end(limit: .max, distinct: distinct, rest)
            case .stats(let values, let groups): try end(values, groups)
            }
        }
        let output = shown
        end(limit: .max, distinct: [], [])
        return Plan(stages: stages, output: output, hasPointer: hasLines)
    }

    private var shown: [String] {
        if let displayed { return displayed }
        let isParsedOnly = hasLines && !listed.contains { !parsed.contains($0) }
        return isParsedOnly ? ["@timestamp", "@message"] + listed : listed
    }

    private var parsed: Set<String> = []

    private mutating func append(_ name: String) {
        if !listed.contains(name) { listed.append(name) }
        parsed.remove(name)
    }

    /// Gives a name to an expression; fields have theirs.
    private mutating func name(of item: NamedExpression) throws(InsightsError) -> String {
        if case .field(let field) = item.expression, !item.isAlias { return field }
        if scope.column(item) != nil { return item.name }
        stage.slots.append(.expression(try scope.resolve(item)))
        scope.names[item.name] = .slot(stage.slots.count - 1)
        return item.name
    }

    private mutating func add(_ parse: ParseCommand) throws(InsightsError) {
        var resolved = parse
        resolved.source = try scope.resolve(parse.source)
        let first = stage.slots.count
        for (index, name) in parse.names.enumerated() {
            stage.slots.append(.parsed(stage.parses, first: first, resolved))
            guard !name.isEmpty else { continue }
            scope.names[name] = .slot(first + index)
            if !listed.contains(name) {
                listed.append(name)
                parsed.insert(name)
            }
        }
        stage.parses += 1
    }

    /// Ends the stage with rows; what stands behind may ask for any of their names.
    private mutating func end(limit: Int, distinct: [Expression], _ rest: ArraySlice<Command>) {
        var names = shown
        if hasLines { names += ["@timestamp", Self.pointer] }
        for name in rest.flatMap(\.fields) { names.append(scope.base(of: name) ?? name) }
        var seen: Set<String> = []
        names = names.filter { seen.insert($0).inserted }
        let columns = names.map { RowsPlan.Column(name: $0, expression: scope.meaning(of: $0)) }
        stage.ending = .rows(RowsPlan(keys: keys, limit: limit, distinct: distinct, columns: columns))
        close(names)
    }

    private mutating func close(_ columns: [String]) {
        stages.append(stage)
        stage = Stage()
        keys = []
        scope = Scope(columns: columns)
    }

    private mutating func end(_ values: [NamedExpression], _ groups: [NamedExpression]) throws(InsightsError) {
        var plan = GroupsPlan()
        for group in groups {
            plan.groups.append(RowsPlan.Column(name: group.name, expression: try scope.resolve(group)))
        }
        var known: [String: Expression] = [:]
        for (index, group) in plan.groups.enumerated() { known[group.name] = .column(index) }
        for value in values {
            let expression = try result(value.expression, value.range, &plan, known)
            known[value.name] = expression
            plan.results.append(RowsPlan.Column(name: value.name, expression: expression))
        }
        // Groups come first in the rows.
        let names = plan.groups.map(\.name) + plan.results.map(\.name)
        stage.ending = .groups(plan)
        hasLines = false
        (listed, displayed, parsed) = (names, nil, [])
        close(names)
    }

    private func result(
        _ expression: Expression, _ range: Range<Int>, _ plan: inout GroupsPlan, _ known: [String: Expression]
    ) throws(InsightsError) -> Expression {
        switch expression {
        case .aggregate(var aggregate):
            if let argument = aggregate.argument { aggregate.argument = try scope.resolve(argument) }
            let gathered = GroupsPlan.Gathered(kind: aggregate.function.kind, argument: aggregate.argument)
            let source = plan.gathered.firstIndex(of: gathered) ?? plan.gathered.count
            if source == plan.gathered.count { plan.gathered.append(gathered) }
            plan.aggregates.append(aggregate)
            plan.sources.append(source)
            return .column(plan.groups.count + plan.aggregates.count - 1)
        case .field(let name):
            guard let expression = known[name] else {
                throw InsightsError("\(name) is neither an aggregate nor a group", at: range)
            }
            return expression
        default:
            return try expression.mapParts { part throws(InsightsError) in try result(part, range, &plan, known) }
        }
    }
}

/// What names mean at a place of a query.
struct Scope {
    /// What commands of this stage named.
    var names: [String: Expression] = [:]
    /// Of the stage before; `nil` where rows are lines.
    var columns: [String]?

    /// A column that is called as the expression is written, for instance `count(*)` behind `stats`.
    func column(_ item: NamedExpression) -> Expression? {
        guard !item.isAlias else { return nil }
        return columns?.firstIndex { $0.filter { !$0.isWhitespace } == item.key }.map(Expression.column)
    }

    func resolve(_ item: NamedExpression) throws(InsightsError) -> Expression {
        if let column = column(item) { return column }
        guard !item.expression.hasAggregate else {
            throw InsightsError(
                "\(item.name) stands in stats only; what is behind it can name its column", at: item.range)
        }
        return try resolve(item.expression)
    }

    func resolve(_ expression: Expression) throws(InsightsError) -> Expression {
        if case .field(let name) = expression { return meaning(of: name) }
        return try expression.mapParts { part throws(InsightsError) in try resolve(part) }
    }

    func meaning(of name: String) -> Expression {
        if let known = known(name) { return known }
        if let base = base(of: name), let inner = known(base) {
            return .member(inner, name.dropFirst(base.count + 1).split(separator: ".").map(String.init))
        }
        return columns == nil ? .line(LineField(name)) : .missing
    }

    private func known(_ name: String) -> Expression? {
        names[name] ?? columns?.firstIndex(of: name).map(Expression.column)
    }

    /// The name of which a name with dots is a member: `order` of `order.items.0`, if a command named that.
    func base(of name: String) -> String? {
        guard known(name) == nil else { return nil }
        var base = name[...]
        while let dot = base.lastIndex(of: ".") {
            base = base[..<dot]
            if known(String(base)) != nil { return String(base) }
        }
        return nil
    }
}

extension Command {
    /// The names of the fields that it asks for.
    var fields: [String] {
        switch self {
        case .fields(let items), .display(let items), .dedup(let items): items.flatMap(\.expression.fields)
        case .filter(let condition): condition.fields
        case .parse(let parse): parse.source.fields
        case .stats(let values, let groups): (values + groups).flatMap(\.expression.fields)
        case .sort(let keys): keys.flatMap(\.expression.expression.fields)
        case .limit: []
        }
    }
}
