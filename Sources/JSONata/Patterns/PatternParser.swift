indirect enum PatternTree {
    case empty
    case character(UInt32)
    case any
    case set(CharacterSet)
    case start
    case end
    case wordBoundary(isNegated: Bool)
    case sequence([PatternTree])
    case choice([PatternTree])
    case group(PatternTree, number: Int)
    case repeated(PatternTree, least: Int, most: Int?, isLazy: Bool, groups: Range<Int>)
    case look(PatternTree, isBehind: Bool, isNegated: Bool)
    case backreference(Int)
    case namedBackreference(String)
}

/// Reads a regular expression.
struct PatternParser {
    let scalars: [UInt32]
    var place = 0
    var groupCount = 0
    var groupNames: [String: Int] = [:]
    private var nesting = 0

    /// Deepest nesting of groups.
    private static let deepest = 60

    init(_ source: String) { scalars = source.unicodeScalars.map(\.value) }

    var current: UInt32? { place < scalars.count ? scalars[place] : nil }

    func isAt(_ text: StaticString, offset: Int = 0) -> Bool {
        guard place + offset + text.utf8CodeUnitCount <= scalars.count else { return false }
        for number in 0..<text.utf8CodeUnitCount
        where scalars[place + offset + number] != UInt32(text.utf8Start[number]) {
            return false
        }
        return true
    }

    mutating func skip(_ text: StaticString) -> Bool {
        guard isAt(text) else { return false }
        place += text.utf8CodeUnitCount
        return true
    }

    mutating func parse() throws(PatternError) -> PatternTree {
        let tree = try choice()
        guard place == scalars.count else { throw PatternError(problem: "Unmatched ')'") }
        return tree
    }

    private mutating func choice() throws(PatternError) -> PatternTree {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting < Self.deepest else { throw PatternError(problem: "groups nest too deeply") }
        var options = [try sequence()]
        while skip("|") { options.append(try sequence()) }
        return options.count == 1 ? options[0] : .choice(options)
    }

    private mutating func sequence() throws(PatternError) -> PatternTree {
        var items: [PatternTree] = []
        while let scalar = current, scalar != 0x7C, scalar != 0x29 {
            let groupsBefore = groupCount
            let item = try term()
            items.append(try quantified(item, groups: groupsBefore..<groupCount))
        }
        return items.count == 1 ? items[0] : .sequence(items)
    }

    private mutating func quantified(_ item: PatternTree, groups: Range<Int>) throws(PatternError) -> PatternTree {
        var least = 0
        var most: Int?
        if skip("*") {
        } else if skip("+") {
            least = 1
        } else if skip("?") {
            most = 1
        } else if let counts = braces() {
            (least, most) = counts
        } else {
            return item
        }
        if let most, most < least { throw PatternError(problem: "numbers out of order in {} quantifier") }
        return .repeated(item, least: least, most: most, isLazy: skip("?"), groups: groups)
    }

    /// `{2}`, `{2,}`, `{2,5}`; braces around anything else are characters.
    private mutating func braces() -> (Int, Int?)? {
        guard current == 0x7B else { return nil }
        let start = place
        place += 1
        guard let least = number() else {
            place = start
            return nil
        }
        var most: Int? = least
        if skip(",") { most = number() }
        guard skip("}") else {
            place = start
            return nil
        }
        return (least, most)
    }

    mutating func number() -> Int? {
        var value: Int?
        while let scalar = current, (0x30...0x39).contains(scalar) {
            value = min((value ?? 0) * 10 + Int(scalar - 0x30), 1_000_000)
            place += 1
        }
        return value
    }

    private mutating func term() throws(PatternError) -> PatternTree {
        guard let scalar = current else { return .empty }
        switch scalar {
        case 0x5E:
            place += 1
            return .start
        case 0x24:
            place += 1
            return .end
        case 0x2E:
            place += 1
            return .any
        case 0x28: return try group()
        case 0x5B: return .set(try set())
        case 0x5C: return try escape()
        case 0x2A, 0x2B, 0x3F: throw PatternError(problem: "Nothing to repeat")
        default:
            place += 1
            return .character(scalar)
        }
    }

    private mutating func group() throws(PatternError) -> PatternTree {
        place += 1
        let tree: PatternTree
        if skip("?:") {
            tree = try choice()
        } else if skip("?=") {
            tree = .look(try choice(), isBehind: false, isNegated: false)
        } else if skip("?!") {
            tree = .look(try choice(), isBehind: false, isNegated: true)
        } else if skip("?<=") {
            tree = .look(try choice(), isBehind: true, isNegated: false)
        } else if skip("?<!") {
            tree = .look(try choice(), isBehind: true, isNegated: true)
        } else {
            let number = groupCount
            groupCount += 1
            if skip("?<") {
                groupNames[try name()] = number
            } else if current == 0x3F {
                throw PatternError(problem: "Invalid group")
            }
            tree = .group(try choice(), number: number)
        }
        guard skip(")") else { throw PatternError(problem: "Unterminated group") }
        return tree
    }

    mutating func name() throws(PatternError) -> String {
        var name = String.UnicodeScalarView()
        while let scalar = current, scalar != 0x3E {
            name.append(Unicode.Scalar(scalar) ?? "\u{FFFD}")
            place += 1
        }
        guard skip(">"), !name.isEmpty else { throw PatternError(problem: "Invalid capture group name") }
        return String(name)
    }
}
