enum PatternInstruction: Sendable {
    case character(UInt32)
    case any
    case set(CharacterSet)
    /// Tries the first way, and the second when that fails.
    case split(Int, Int)
    case jump(Int)
    case save(Int)
    case clear(Range<Int>)
    case start(isMultiline: Bool)
    case end(isMultiline: Bool)
    case wordBoundary(isNegated: Bool)
    case backreference(Int)
    /// What follows up to `next` is a program of its own.
    case look(next: Int, isBehind: Bool, isNegated: Bool)
    /// Remembers the place in a register; fails at `progress` when nothing was read since.
    case mark(Int)
    case progress(Int)
    case match
}

/// Turns the tree of a regular expression into instructions.
struct PatternCompiler {
    private let ignoresCase: Bool
    private let isMultiline: Bool
    private let groupNames: [String: Int]
    private var instructions: [PatternInstruction] = []
    private(set) var registerCount = 0
    private var additions = 0

    /// Instructions that one expression may become: `{1000}` within `{1000}` would be a million.
    private static let longest = 20_000

    init(ignoresCase: Bool, isMultiline: Bool, groupNames: [String: Int]) {
        self.ignoresCase = ignoresCase
        self.isMultiline = isMultiline
        self.groupNames = groupNames
    }

    mutating func compile(_ tree: PatternTree) throws(PatternError) -> [PatternInstruction] {
        try add(tree)
        instructions.append(.match)
        return instructions
    }

    private mutating func append(_ instruction: PatternInstruction) throws(PatternError) {
        guard instructions.count < Self.longest else { throw PatternError(problem: "the expression is too large") }
        instructions.append(instruction)
    }

    private mutating func add(_ tree: PatternTree) throws(PatternError) {
        // Repeating what is empty adds no instructions, but takes its time.
        additions += 1
        guard additions < 5 * Self.longest else { throw PatternError(problem: "the expression is too large") }
        switch tree {
        case .empty: break
        case .character(let scalar): try append(.character(ignoresCase ? CaseFolding.lower(scalar) : scalar))
        case .any: try append(.any)
        case .set(let set): try append(.set(set))
        case .start: try append(.start(isMultiline: isMultiline))
        case .end: try append(.end(isMultiline: isMultiline))
        case .wordBoundary(let isNegated): try append(.wordBoundary(isNegated: isNegated))
        case .sequence(let items): for item in items { try add(item) }
        case .choice(let options): try add(choice: options[...])
        case .group(let inner, let number):
            try append(.save(2 * number))
            try add(inner)
            try append(.save(2 * number + 1))
        case .repeated(let inner, let least, let most, let isLazy, let groups):
            try add(inner, least: least, most: most, isLazy: isLazy, groups: groups)
        case .look(let inner, let isBehind, let isNegated):
            let place = instructions.count
            try append(.match)
            try add(inner)
            try append(.match)
            instructions[place] = .look(next: instructions.count, isBehind: isBehind, isNegated: isNegated)
        case .backreference(let number): try append(.backreference(number))
        case .namedBackreference(let name):
            guard let number = groupNames[name] else { throw PatternError(problem: "Invalid named reference") }
            try append(.backreference(number))
        }
    }

    private mutating func add(choice options: ArraySlice<PatternTree>) throws(PatternError) {
        var ends: [Int] = []
        for (place, option) in options.enumerated() {
            guard place < options.count - 1 else {
                try add(option)
                break
            }
            let split = instructions.count
            try append(.match)
            try add(option)
            ends.append(instructions.count)
            try append(.match)
            instructions[split] = .split(split + 1, instructions.count)
        }
        for end in ends { instructions[end] = .jump(instructions.count) }
    }

    private mutating func add(
        _ inner: PatternTree, least: Int, most: Int?, isLazy: Bool, groups: Range<Int>
    ) throws(PatternError) {
        for _ in 0..<least { try addOnce(inner, groups) }
        guard let most else {
            try addLoop(inner, isLazy: isLazy, groups)
            return
        }
        var splits: [Int] = []
        for _ in least..<max(most, least) {
            splits.append(instructions.count)
            try append(.match)
            try addChecked(inner, groups)
        }
        for split in splits { instructions[split] = way(into: split + 1, past: instructions.count, isLazy) }
    }

    private mutating func addLoop(_ inner: PatternTree, isLazy: Bool, _ groups: Range<Int>) throws(PatternError) {
        let split = instructions.count
        try append(.match)
        try addChecked(inner, groups)
        try append(.jump(split))
        instructions[split] = way(into: split + 1, past: instructions.count, isLazy)
    }

    private func way(into: Int, past: Int, _ isLazy: Bool) -> PatternInstruction {
        isLazy ? .split(past, into) : .split(into, past)
    }

    private mutating func addOnce(_ inner: PatternTree, _ groups: Range<Int>) throws(PatternError) {
        if !groups.isEmpty { try append(.clear(groups)) }
        try add(inner)
    }

    /// An optional round that reads nothing is none.
    private mutating func addChecked(_ inner: PatternTree, _ groups: Range<Int>) throws(PatternError) {
        let register = registerCount
        registerCount += 1
        try append(.mark(register))
        try addOnce(inner, groups)
        try append(.progress(register))
    }
}
