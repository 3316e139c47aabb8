/// A regular expression with JavaScript's syntax, compiled for a machine that goes back where it fails.
final class Pattern: Sendable {
    let source: String
    let instructions: [PatternInstruction]
    let groupCount: Int
    let registerCount: Int
    let ignoresCase: Bool

    init(_ source: String, flags: String) throws(PatternError) {
        self.source = source
        ignoresCase = flags.contains("i")
        var parser = PatternParser(source)
        let tree = try parser.parse()
        groupCount = parser.groupCount
        var compiler = PatternCompiler(
            ignoresCase: ignoresCase, isMultiline: flags.contains("m"), groupNames: parser.groupNames)
        instructions = try compiler.compile(tree)
        registerCount = compiler.registerCount
    }
}

struct PatternError: Error {
    let problem: String
}

/// What a pattern found.
struct PatternMatch {
    /// Scalars of the text.
    var range: Range<Int>
    /// `nil` for a group that took no part.
    var groups: [Range<Int>?]
}

/// A text that patterns search, by scalars.
final class PatternText {
    let scalars: [UInt32]

    init(_ text: String) { scalars = text.unicodeScalars.map(\.value) }

    func text(_ range: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        for value in scalars[range] { text.append(Unicode.Scalar(value) ?? "\u{FFFD}") }
        return String(text)
    }

    /// UTF-16 units in front of a scalar, as JavaScript counts.
    func utf16Offset(_ place: Int) -> Int {
        var count = place
        for value in scalars[..<place] where value > 0xFFFF { count += 1 }
        return count
    }
}

/// A set of characters.
struct CharacterSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var isNegated = false
    /// Classes within: `\W` and the like.
    var parts: [CharacterSet] = []

    func contains(_ scalar: UInt32) -> Bool {
        let isIn = ranges.contains { $0.contains(scalar) } || parts.contains { $0.contains(scalar) }
        return isIn != isNegated
    }

    func contains(_ scalar: UInt32, ignoringCase: Bool) -> Bool {
        guard ignoringCase else { return contains(scalar) }
        let isIn = contains(anyCase: scalar)
        return isIn != isNegated
    }

    private func contains(anyCase scalar: UInt32) -> Bool {
        let lower = CaseFolding.lower(scalar)
        let upper = CaseFolding.upper(scalar)
        let plain = CharacterSet(ranges: ranges, isNegated: false, parts: parts)
        return plain.contains(scalar) || plain.contains(lower) || plain.contains(upper)
    }

    static let digits = CharacterSet(ranges: [0x30...0x39])
    static let words = CharacterSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let spaces = CharacterSet(ranges: [
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    static let lineEnds = CharacterSet(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])

    var negated: CharacterSet { CharacterSet(ranges: ranges, isNegated: !isNegated, parts: parts) }
}

enum CaseFolding {
    static func lower(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return (0x41...0x5A).contains(scalar) ? scalar + 32 : scalar }
        return single(Unicode.Scalar(scalar)?.properties.lowercaseMapping) ?? scalar
    }

    static func upper(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return (0x61...0x7A).contains(scalar) ? scalar - 32 : scalar }
        return single(Unicode.Scalar(scalar)?.properties.uppercaseMapping) ?? scalar
    }

    private static func single(_ mapping: String?) -> UInt32? {
        guard let mapping, let only = mapping.unicodeScalars.first, mapping.unicodeScalars.count == 1 else {
            return nil
        }
        return only.value
    }
}
