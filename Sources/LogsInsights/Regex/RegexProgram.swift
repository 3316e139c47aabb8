/// An expression as steps of a machine.
struct RegexProgram: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case byte(UInt8)
        /// One character of a class, which may be several bytes.
        case set(Int)
        /// Goes on at both; the first is tried first.
        case fork(Int, Int)
        case jump(Int)
        case save(Int)
        case assertion(RegexNode.Assertion)
        case match
    }

    var steps: [Step] = []
    var classes: [CharacterClass] = []
    /// Bytes that a match can begin with; `nil` when it can begin with any, or be empty.
    var firstBytes: CharacterClass?
    /// A text that every match has, as it is.
    var literal: [UInt8] = []
    /// The expression is nothing but that text.
    var isLiteral = false
    var isAnchored = false
}

enum RegexCompiler {
    private static let mostSteps = 5000

    static func compile(_ node: RegexNode) throws(RegexError) -> RegexProgram {
        var program = RegexProgram()
        try add(node, to: &program)
        program.steps.append(.match)
        program.literal = literal(node)
        program.isLiteral = isLiteral(node) && !program.literal.isEmpty
        if case .assertion(.textStart) = first(node) { program.isAnchored = true }
        var first = CharacterClass()
        var seen: Set<Int> = []
        if collectFirst(program, 0, &first, &seen), first.others.isEmpty { program.firstBytes = first }
        return program
    }

    private static func add(_ node: RegexNode, to program: inout RegexProgram) throws(RegexError) {
        guard program.steps.count < mostSteps else { throw RegexError(problem: "it is too large") }
        switch node {
        case .empty: break
        case .byte(let byte): program.steps.append(.byte(byte))
        case .set(let set):
            let index = program.classes.firstIndex(of: set) ?? program.classes.count
            if index == program.classes.count { program.classes.append(set) }
            program.steps.append(.set(index))
        case .sequence(let nodes): for node in nodes { try add(node, to: &program) }
        case .choice(let nodes): try add(choice: nodes[...], to: &program)
        case .group(let inner, let index):
            if let index { program.steps.append(.save(2 * index + 2)) }
            try add(inner, to: &program)
            if let index { program.steps.append(.save(2 * index + 3)) }
        case .repeated(let inner, let least, let most, let isLazy):
            let start = program.steps.count
            for _ in 0..<max(least, 1) {
                try add(inner, to: &program)
                // What has no steps needs no repeating.
                if program.steps.count == start { return }
            }
            if least == 0 { program.steps.removeSubrange(start...) }
            guard let most else { return try add(loop: inner, isLazy, to: &program) }
            try add(optional: inner, most - least, isLazy, to: &program)
        case .assertion(let assertion): program.steps.append(.assertion(assertion))
        }
    }

    private static func add(choice nodes: ArraySlice<RegexNode>, to program: inout RegexProgram) throws(RegexError) {
        var ends: [Int] = []
        for (index, node) in nodes.enumerated() {
            let fork = program.steps.count
            let isLast = index == nodes.count - 1
            if !isLast { program.steps.append(.fork(0, 0)) }
            try add(node, to: &program)
            guard !isLast else { break }
            ends.append(program.steps.count)
            program.steps.append(.jump(0))
            program.steps[fork] = .fork(fork + 1, program.steps.count)
        }
        for end in ends { program.steps[end] = .jump(program.steps.count) }
    }

    private static func add(loop inner: RegexNode, _ isLazy: Bool, to program: inout RegexProgram) throws(RegexError) {
        let start = program.steps.count
        program.steps.append(.fork(0, 0))
        try add(inner, to: &program)
        program.steps.append(.jump(start))
        let end = program.steps.count
        program.steps[start] = isLazy ? .fork(end, start + 1) : .fork(start + 1, end)
    }

    private static func add(
        optional inner: RegexNode, _ count: Int, _ isLazy: Bool, to program: inout RegexProgram
    ) throws(RegexError) {
        var forks: [Int] = []
        for _ in 0..<count {
            forks.append(program.steps.count)
            program.steps.append(.fork(0, 0))
            try add(inner, to: &program)
        }
        let end = program.steps.count
        for fork in forks { program.steps[fork] = isLazy ? .fork(end, fork + 1) : .fork(fork + 1, end) }
    }

    private static func first(_ node: RegexNode) -> RegexNode {
        switch node {
        case .sequence(let nodes): nodes.first.map(first) ?? .empty
        case .group(let inner, _): first(inner)
        default: node
        }
    }

    /// - Returns: whether a match needs one of the bytes.
    private static func collectFirst(
        _ program: RegexProgram, _ step: Int, _ first: inout CharacterClass, _ seen: inout Set<Int>
    ) -> Bool {
        var stack = [step]
        while let step = stack.popLast() {
            guard seen.insert(step).inserted else { continue }
            switch program.steps[step] {
            case .byte(let byte):
                guard byte < 0x80 else { return false }
                first.insert(ascii: byte)
            case .set(let index): first.formUnion(program.classes[index])
            case .fork(let left, let right): stack += [left, right]
            case .jump(let target): stack.append(target)
            case .save, .assertion: stack.append(step + 1)
            case .match: return false
            }
        }
        return true
    }

    /// The longest text that every match has.
    private static func literal(_ node: RegexNode) -> [UInt8] {
        var best: [UInt8] = []
        var run: [UInt8] = []
        func close() {
            if run.count > best.count { best = run }
            run = []
        }
        func walk(_ node: RegexNode) {
            switch node {
            case .byte(let byte): run.append(byte)
            case .sequence(let nodes): nodes.forEach(walk)
            case .group(let inner, _): walk(inner)
            case .assertion, .empty: break
            case .repeated(let inner, let least, _, _) where least > 0:
                close()
                walk(inner)
                close()
            case .set, .choice, .repeated: close()
            }
        }
        walk(node)
        close()
        return best
    }

    private static func isLiteral(_ node: RegexNode) -> Bool {
        switch node {
        case .byte: true
        case .sequence(let nodes): nodes.allSatisfy(isLiteral)
        case .group(let inner, nil): isLiteral(inner)
        default: false
        }
    }
}
