/// Runs a pattern over a text.
struct PatternMachine {
    private let pattern: Pattern
    private let text: [UInt32]
    private var saves: [Int]
    private var registers: [Int]
    private var trail: [Trail] = []
    private(set) var stepsLeft: Int
    /// The place that a look-behind must end at.
    private var target: Int?

    private enum Trail {
        case branch(instruction: Int, place: Int)
        case save(Int, Int)
        case register(Int, Int)
    }

    init(_ pattern: Pattern, _ text: PatternText, stepLimit: Int) {
        self.pattern = pattern
        self.text = text.scalars
        stepsLeft = stepLimit
        saves = Array(repeating: -1, count: 2 * pattern.groupCount)
        registers = Array(repeating: -1, count: pattern.registerCount)
    }

    /// - Returns: `nil` where there is none; ``stepsLeft`` is negative when the search was given up.
    mutating func firstMatch(from start: Int) -> PatternMatch? {
        guard start <= text.count else { return nil }
        for place in start...text.count {
            for slot in saves.indices { saves[slot] = -1 }
            trail.removeAll(keepingCapacity: true)
            if let end = run(0, place) { return PatternMatch(range: place..<end, groups: groups) }
            if stepsLeft < 0 { return nil }
        }
        return nil
    }

    private var groups: [Range<Int>?] {
        (0..<pattern.groupCount).map { number in
            let (start, end) = (saves[2 * number], saves[2 * number + 1])
            return start >= 0 && end >= start ? start..<end : nil
        }
    }

    private mutating func run(_ first: Int, _ start: Int) -> Int? {
        var (counter, place) = (first, start)
        let base = trail.count
        while true {
            stepsLeft -= 1
            guard stepsLeft >= 0 else { return nil }
            var isAlive = true
            switch pattern.instructions[counter] {
            case .match:
                if target == nil || target == place { return place }
                isAlive = false
            case .split(let first, let second):
                trail.append(.branch(instruction: second, place: place))
                counter = first
                continue
            case .jump(let next):
                counter = next
                continue
            case .look(let next, let isBehind, let isNegated):
                isAlive = look(counter + 1, place, isBehind) != isNegated
                counter = next
                if isAlive { continue }
            default: isAlive = step(pattern.instructions[counter], &place)
            }
            if isAlive {
                counter += 1
            } else {
                guard let branch = back(to: base) else { return nil }
                (counter, place) = branch
            }
        }
    }

    private mutating func back(to base: Int) -> (Int, Int)? {
        while trail.count > base, let last = trail.popLast() {
            switch last {
            case .branch(let instruction, let place): return (instruction, place)
            case .save(let slot, let value): saves[slot] = value
            case .register(let register, let value): registers[register] = value
            }
        }
        return nil
    }

    private mutating func look(_ first: Int, _ place: Int, _ isBehind: Bool) -> Bool {
        let (outerTarget, outerTrail) = (target, trail)
        defer { target = outerTarget }
        trail = []
        defer { trail = outerTrail + trail.filter { if case .branch = $0 { false } else { true } } }
        guard isBehind else {
            target = nil
            return run(first, place) != nil
        }
        target = place
        for start in stride(from: place, through: 0, by: -1) {
            if run(first, start) != nil { return true }
            if stepsLeft < 0 { return false }
        }
        return false
    }

    private mutating func save(_ slot: Int, _ value: Int) {
        trail.append(.save(slot, saves[slot]))
        saves[slot] = value
    }

    private mutating func step(_ instruction: PatternInstruction, _ place: inout Int) -> Bool {
        switch instruction {
        case .character(let scalar):
            guard place < text.count else { return false }
            let found = pattern.ignoresCase ? CaseFolding.lower(text[place]) : text[place]
            place += 1
            return found == scalar
        case .any:
            guard place < text.count, !CharacterSet.lineEnds.contains(text[place]) else { return false }
            place += 1
        case .set(let set):
            guard place < text.count, set.contains(text[place], ignoringCase: pattern.ignoresCase) else {
                return false
            }
            place += 1
        case .save(let slot): save(slot, place)
        case .clear(let groups):
            for slot in 2 * groups.lowerBound..<2 * groups.upperBound { save(slot, -1) }
        case .start(let isMultiline):
            return place == 0 || isMultiline && CharacterSet.lineEnds.contains(text[place - 1])
        case .end(let isMultiline):
            return place == text.count || isMultiline && CharacterSet.lineEnds.contains(text[place])
        case .wordBoundary(let isNegated): return (isWord(place - 1) != isWord(place)) != isNegated
        case .backreference(let number): return backreference(number, &place)
        case .mark(let register):
            trail.append(.register(register, registers[register]))
            registers[register] = place
        case .progress(let register): return registers[register] != place
        case .split, .jump, .look, .match: break
        }
        return true
    }

    private func isWord(_ place: Int) -> Bool {
        text.indices.contains(place) && CharacterSet.words.contains(text[place])
    }

    private func backreference(_ number: Int, _ place: inout Int) -> Bool {
        guard number < pattern.groupCount else { return false }
        let (start, end) = (saves[2 * number], saves[2 * number + 1])
        guard start >= 0, end >= start else { return true }
        for scalar in text[start..<end] {
            guard place < text.count else { return false }
            let isSame =
                pattern.ignoresCase
                ? CaseFolding.lower(text[place]) == CaseFolding.lower(scalar) : text[place] == scalar
            guard isSame else { return false }
            place += 1
        }
        return true
    }
}
