/// Reads a regular expression.
struct RegexParser {
    private let points: [UInt32]
    private var place = 0
    private var depth = 0
    private var flags = Flags()
    private(set) var groupNames: [String?] = []

    private struct Flags {
        var ignoresCase = false
        var dotMatchesAll = false
        var isMultiline = false
    }

    private static let mostNested = 100
    private static let longest = 4096
    private static let mostRepeats = 1000

    init(_ source: String) { points = source.unicodeScalars.map(\.value) }

    mutating func parse() throws(RegexError) -> RegexNode {
        guard points.count <= Self.longest else { throw problem("it is longer than \(Self.longest) characters") }
        let node = try choice()
        guard place == points.count else { throw problem("there is a ) without its (") }
        return node
    }

    private mutating func choice() throws(RegexError) -> RegexNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.mostNested else { throw problem("groups nest more than \(Self.mostNested) deep") }
        var choices = [try sequence()]
        while take("|") { choices.append(try sequence()) }
        return choices.count == 1 ? choices[0] : .choice(choices)
    }

    private mutating func sequence() throws(RegexError) -> RegexNode {
        var nodes: [RegexNode] = []
        while let point = current, point != Self.code("|"), point != Self.code(")") {
            nodes.append(try repeated(try atom()))
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func repeated(_ node: RegexNode) throws(RegexError) -> RegexNode {
        var node = node
        while let (least, most) = try counts() {
            if case .assertion = node { throw problem("nothing can be repeated before place \(place)") }
            guard !take("+") else { throw problem("possessive repetition is not supported") }
            if case .repeated = node { throw problem("a repetition is repeated at place \(place)") }
            node = .repeated(node, least: least, most: most, isLazy: take("?"))
        }
        return node
    }

    private mutating func counts() throws(RegexError) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard current == Self.code("{") else { return nil }
        let start = place
        place += 1
        guard let least = number() else {
            place = start
            return nil
        }
        var most: Int? = least
        if take(",") { most = number() }
        guard take("}") else {
            place = start
            return nil
        }
        guard least <= Self.mostRepeats, (most ?? 0) <= Self.mostRepeats, most.map({ $0 >= least }) ?? true else {
            throw problem(
                "{\(least),\(most.map(String.init) ?? "")} repeats at most \(Self.mostRepeats) times, from few to many")
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let point = current, (0x30...0x39).contains(point), (value ?? 0) <= 100_000 {
            value = (value ?? 0) * 10 + Int(point - 0x30)
            place += 1
        }
        return value
    }

    private mutating func atom() throws(RegexError) -> RegexNode {
        guard let point = current else { return .empty }
        place += 1
        switch point {
        case Self.code("("): return try group()
        case Self.code("["): return .set(try set())
        case Self.code("."): return .set(flags.dotMatchesAll ? .all : .notNewline)
        case Self.code("^"): return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case Self.code("$"): return .assertion(flags.isMultiline ? .lineEnd : .lastLineEnd)
        case Self.code("*"), Self.code("+"), Self.code("?"):
            throw problem("nothing stands before the \(Character(UnicodeScalar(UInt8(point))))")
        case Self.code("\\"): return try escape()
        default: return literal(point)
        }
    }

    private func literal(_ point: UInt32) -> RegexNode {
        if flags.ignoresCase, point < 0x80 {
            let set = CharacterClass(point...point).foldingCase
            return set == CharacterClass(point...point) ? .byte(UInt8(point)) : .set(set)
        }
        let bytes = UnicodeScalar(point).map { Array(String($0).utf8) } ?? []
        return bytes.count == 1 ? .byte(bytes[0]) : .group(.sequence(bytes.map(RegexNode.byte)), index: nil)
    }

    private mutating func group() throws(RegexError) -> RegexNode {
        let outer = flags
        guard take("?") else {
            let index = groupNames.count
            groupNames.append(nil)
            return try close(index: index, outer)
        }
        if take(":") { return try close(index: nil, outer) }
        if take("=") || take("!") { throw problem("looking ahead, (?= and (?!, is not supported") }
        if take(">") { throw problem("atomic groups, (?>, are not supported") }
        _ = take("P")
        if take("<") {
            if take("=") || take("!") { throw problem("looking behind, (?<= and (?<!, is not supported") }
            let index = groupNames.count
            groupNames.append(try groupName())
            return try close(index: index, outer)
        }
        try readFlags()
        if take(")") { return .empty }
        guard take(":") else { throw problem("(? is followed by a name, by : or by flags") }
        return try close(index: nil, outer)
    }

    private mutating func close(index: Int?, _ outer: Flags) throws(RegexError) -> RegexNode {
        let inner = try choice()
        guard take(")") else { throw problem("a ) is missing") }
        flags = outer
        return .group(inner, index: index)
    }

    private mutating func readFlags() throws(RegexError) {
        var value = true
        while let point = current, point != Self.code(")"), point != Self.code(":") {
            place += 1
            switch point {
            case Self.code("-"): value = false
            case Self.code("i"): flags.ignoresCase = value
            case Self.code("s"): flags.dotMatchesAll = value
            case Self.code("m"): flags.isMultiline = value
            default: throw problem("the flags are i, s and m")
            }
        }
    }

    private mutating func groupName() throws(RegexError) -> String {
        var name = ""
        while let point = current, point != Self.code(">") {
            place += 1
            guard let scalar = UnicodeScalar(point),
                CharacterClass.word.contains(point) || "@.-".unicodeScalars.contains(scalar)
            else { throw problem("a group's name has letters, digits and _") }
            name.unicodeScalars.append(scalar)
        }
        guard take(">"), !name.isEmpty, !groupNames.contains(name) else {
            throw problem("a group has a name of its own between < and >")
        }
        return name
    }

    private mutating func escape() throws(RegexError) -> RegexNode {
        guard let point = current else { throw problem("nothing stands behind the last \\") }
        place += 1
        switch point {
        case Self.code("b"): return .assertion(.wordBoundary)
        case Self.code("B"): return .assertion(.noWordBoundary)
        case Self.code("A"): return .assertion(.textStart)
        case Self.code("z"): return .assertion(.textEnd)
        case Self.code("Z"): return .assertion(.lastLineEnd)
        default: break
        }
        if let set = Self.named(point) { return .set(set) }
        if (0x31...0x39).contains(point) { throw problem("references back, \\1 to \\9, are not supported") }
        return literal(try character(point))
    }

    private static func named(_ point: UInt32) -> CharacterClass? {
        switch point {
        case code("d"): .digit
        case code("D"): CharacterClass.digit.inverted
        case code("w"): .word
        case code("W"): CharacterClass.word.inverted
        case code("s"): .space
        case code("S"): CharacterClass.space.inverted
        default: nil
        }
    }

    /// What an escaped character stands for.
    private mutating func character(_ point: UInt32) throws(RegexError) -> UInt32 {
        switch point {
        case Self.code("n"): return 0x0A
        case Self.code("t"): return 0x09
        case Self.code("r"): return 0x0D
        case Self.code("f"): return 0x0C
        case Self.code("e"): return 0x1B
        case Self.code("x"): return try hexadecimal(2)
        case Self.code("u"): return try hexadecimal(4)
        default: break
        }
        guard !CharacterClass.word.contains(point) || point == Self.code("_") else {
            throw problem("\\\(UnicodeScalar(point).map(String.init) ?? "") is not supported")
        }
        return point
    }

    private mutating func hexadecimal(_ count: Int) throws(RegexError) -> UInt32 {
        let digits = points[place...].prefix(count).compactMap { UnicodeScalar($0).map(Character.init) }
        guard digits.count == count, let value = UInt32(String(digits), radix: 16), UnicodeScalar(value) != nil else {
            throw problem("\\x is followed by two hexadecimal digits, \\u by four")
        }
        place += count
        return value
    }

    private mutating func set() throws(RegexError) -> CharacterClass {
        var set = CharacterClass()
        let isInverted = take("^")
        var isFirst = true
        while let point = current, isFirst || point != Self.code("]") {
            isFirst = false
            place += 1
            if point == Self.code("\\"), let next = current, let named = Self.named(next) {
                place += 1
                set.formUnion(named)
                continue
            }
            guard point != Self.code("[") || current != Self.code(":") else {
                throw problem("[: is not supported; write \\w, \\d, \\s")
            }
            let low = try member(point)
            guard current == Self.code("-"), place + 1 < points.count, points[place + 1] != Self.code("]") else {
                set.insert(low...low)
                continue
            }
            place += 1
            let next = points[place]
            place += 1
            let high = try member(next)
            guard low <= high else { throw problem("a range goes from low to high") }
            set.insert(low...high)
        }
        guard take("]") else { throw problem("a ] is missing") }
        if flags.ignoresCase { set = set.foldingCase }
        return isInverted ? set.inverted : set
    }

    private mutating func member(_ point: UInt32) throws(RegexError) -> UInt32 {
        guard point == Self.code("\\") else { return point }
        guard let next = current else { throw problem("a ] is missing") }
        place += 1
        return next == Self.code("b") ? 0x08 : try character(next)
    }

    private var current: UInt32? { place < points.count ? points[place] : nil }

    private mutating func take(_ character: UnicodeScalar) -> Bool {
        guard current == character.value else { return false }
        place += 1
        return true
    }

    private static func code(_ scalar: UnicodeScalar) -> UInt32 { scalar.value }

    private func problem(_ text: String) -> RegexError { RegexError(problem: text) }
}
