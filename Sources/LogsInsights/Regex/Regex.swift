/// A regular expression that is matched in time that grows with text and expression only, whatever they are.
///
/// Java's syntax without what needs more: no looking around, no references back, no possessive repetition.
struct Regex: Hashable, Sendable {
    let source: String
    let program: RegexProgram
    /// The names of the groups, in their order; `nil` for those without.
    let groupNames: [String?]

    var groupCount: Int { groupNames.count }

    init(_ source: String) throws(RegexError) {
        self.source = source
        var parser = RegexParser(source)
        let node = try parser.parse()
        groupNames = parser.groupNames
        program = try RegexCompiler.compile(node)
    }

    static func == (left: Regex, right: Regex) -> Bool { left.source == right.source }

    func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

struct RegexError: Error, Hashable {
    let problem: String
}

/// What an expression is made of.
indirect enum RegexNode {
    case empty
    case byte(UInt8)
    case set(CharacterClass)
    case sequence([RegexNode])
    case choice([RegexNode])
    case group(RegexNode, index: Int?)
    case repeated(RegexNode, least: Int, most: Int?, isLazy: Bool)
    case assertion(Assertion)

    enum Assertion: Hashable, Sendable {
        case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
        /// At the end, or before the line feed that ends the text.
        case lastLineEnd
    }
}

/// Which characters: ASCII as bits, others as ranges of code points.
struct CharacterClass: Hashable, Sendable {
    private(set) var low: (UInt64, UInt64) = (0, 0)
    private(set) var others: [ClosedRange<UInt32>] = []

    mutating func insert(_ range: ClosedRange<UInt32>) {
        var point = range.lowerBound
        while point <= min(range.upperBound, 0x7F) {
            insert(ascii: UInt8(point))
            point += 1
        }
        if range.upperBound > 0x7F { others.append(max(range.lowerBound, 0x80)...range.upperBound) }
    }

    mutating func insert(ascii byte: UInt8) {
        if byte < 64 { low.0 |= 1 << UInt64(byte) } else { low.1 |= 1 << UInt64(byte - 64) }
    }

    mutating func formUnion(_ other: CharacterClass) {
        low.0 |= other.low.0
        low.1 |= other.low.1
        others += other.others
    }

    func contains(ascii byte: UInt8) -> Bool {
        byte < 64 ? low.0 & 1 << UInt64(byte) != 0 : low.1 & 1 << UInt64(byte - 64) != 0
    }

    func contains(_ point: UInt32) -> Bool {
        point < 0x80 ? contains(ascii: UInt8(point)) : others.contains { $0.contains(point) }
    }

    var inverted: CharacterClass {
        var result = CharacterClass()
        result.low = (~low.0, ~low.1)
        var next: UInt32 = 0x80
        for range in others.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound >= next {
            if range.lowerBound > next { result.others.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= 0x10_FFFF { result.others.append(next...0x10_FFFF) }
        return result
    }

    /// With the other case of every ASCII letter in it.
    var foldingCase: CharacterClass {
        var result = self
        for letter in UInt8(ascii: "a")...UInt8(ascii: "z")
        where contains(ascii: letter) || contains(ascii: letter & ~0x20) {
            result.insert(ascii: letter)
            result.insert(ascii: letter & ~0x20)
        }
        return result
    }

    static func == (left: CharacterClass, right: CharacterClass) -> Bool {
        left.low == right.low && left.others == right.others
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(low.0)
        hasher.combine(low.1)
        hasher.combine(others)
    }
}

extension CharacterClass {
    init(_ ranges: ClosedRange<UInt32>...) {
        for range in ranges { insert(range) }
    }

    static let digit = CharacterClass(0x30...0x39)
    static let word = CharacterClass(0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A)
    static let space = CharacterClass(0x09...0x0D, 0x20...0x20)
    static let notNewline = CharacterClass(0...0x09, 0x0B...0x10_FFFF)
    static let all = CharacterClass(0...0x10_FFFF)
}
