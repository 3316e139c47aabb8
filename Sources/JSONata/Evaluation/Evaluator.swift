import JSON

/// One evaluation of a program.
final class Evaluator {
    let environment: JSONataEnvironment
    private(set) var root: Value
    /// Variables without a frame, by symbol.
    private var globals: [Value]
    private(set) var symbols: [String]
    private let bindings: [String: JSON]
    private var stepsLeft: Int
    private var callDepth = 0
    /// Nested evaluations, and how many of them this stack bears.
    private var level = 0
    private var lastLevel = Evaluator.firstStackLevels
    private var hops = 0
    /// Frames that closures over themselves may hold.
    private var circular: [Frame] = []
    var random: RandomNumbers

    private static let firstStackLevels = 32
    private static let largeStackLevels = 5_000

    init(_ program: Program, input: Value, bindings: [String: JSON], environment: JSONataEnvironment) {
        self.environment = environment
        self.bindings = bindings
        root = input
        stepsLeft = environment.stepLimit
        symbols = []
        globals = []
        random = RandomNumbers(seed: environment.seed)
        add(program)
    }

    /// Makes the symbols known that a program adds.
    func add(_ program: Program) {
        let library = environment.dialect == .standard ? program.standard : program.stepFunctions
        for number in symbols.count..<program.symbols.count {
            let name = program.symbols[number]
            symbols.append(name)
            if let value = bindings[name] {
                globals.append(Value(value))
            } else if let builtin = library[number] {
                globals.append(.function(Function(.builtin(builtin))))
            } else {
                globals.append(.undefined)
            }
        }
    }

    func lookup(_ symbol: Int, _ frame: Frame?) -> Value {
        var current = frame
        while let frame = current {
            if let value = frame.lookup(symbol) { return value }
            current = frame.parent
        }
        return globals[symbol]
    }

    func bind(_ symbol: Int, _ value: Value, _ frame: Frame?) throws(JSONataError) {
        guard let frame else {
            globals[symbol] = value
            return
        }
        if value.depth > 0 { circular.append(frame) }
        try frame.bind(symbol, value)
    }

    /// Breaks the circles of closures and their frames.
    func finish() {
        for frame in circular { frame.clear() }
        circular = []
        globals = []
    }

    /// Counts work; beyond the limit the evaluation ends.
    func spend(_ steps: Int) throws(JSONataError) {
        stepsLeft -= steps
        guard stepsLeft >= 0 else {
            throw JSONataError("U1001", "Expression evaluation timeout: Check for infinite loop")
        }
    }

    var stackOverflow: JSONataError {
        JSONataError(
            "U1001",
            "Stack overflow error: Check for non-terminating recursive function.  "
                + "Consider rewriting as tail-recursive.")
    }

    func enterCall() throws(JSONataError) {
        callDepth += 1
        guard callDepth <= environment.depthLimit else { throw stackOverflow }
    }

    func leaveCall() { callDepth -= 1 }

    func evaluate(_ node: Node, _ input: Value, _ frame: Frame?) throws(JSONataError) -> Value {
        stepsLeft -= 1
        guard stepsLeft >= 0 else { try spend(0); return .undefined }
        level += 1
        defer { level -= 1 }
        guard level <= lastLevel else { return try evaluateOnLargeStack(node, input, frame) }
        let value = try compute(node, input, frame)
        if node.isPlain, value.list == nil { return value }
        return try finished(value, node, input, frame)
    }

    /// Predicates, grouping, and the unwrapping of a sequence of one.
    private func finished(
        _ computed: Value, _ node: Node, _ input: Value, _ frame: Frame?
    ) throws(JSONataError) -> Value {
        var value = computed
        for predicate in node.predicates { value = try filter(value, predicate, frame) }
        if let group = node.group {
            if case .path = node.kind {} else { value = try evaluate(group, value, frame) }
        }
        guard case .list(let list) = value, list.isSequence, !list.isTupleStream else { return value }
        if node.keepsArray { list.keepsSingleton = true }
        switch list.items.count {
        case 0: return .undefined
        case 1: return list.keepsSingleton ? value : list.items[0]
        default: return value
        }
    }

    private func evaluateOnLargeStack(
        _ node: Node, _ input: Value, _ frame: Frame?
    ) throws(JSONataError) -> Value {
        guard hops < 6 else { throw stackOverflow }
        let (outerLast, outerLevel) = (lastLevel, level)
        hops += 1
        lastLevel = level + Self.largeStackLevels
        level -= 1
        defer {
            hops -= 1
            lastLevel = outerLast
            level = outerLevel
        }
        let result: Result<Value, JSONataError> = LargeStack.run {
            Result { () throws(JSONataError) in try self.evaluate(node, input, frame) }
        }
        return try result.get()
    }
}
