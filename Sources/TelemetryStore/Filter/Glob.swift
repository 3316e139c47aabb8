/// A name with `*` for any characters and, where letters match in either case, `?` for one.
package struct Glob: Hashable, Sendable {
    private let pattern: [UInt8]
    private let isExact: Bool

    /// - Parameter isExact: letters must have the same case, and `?` is an ordinary character.
    package init(_ text: some StringProtocol, isExact: Bool = false) {
        pattern = isExact ? Array(text.utf8) : text.utf8.map(Self.lower)
        self.isExact = isExact
    }

    package func matches(_ text: String) -> Bool { matches(Array(text.utf8)) }

    func matches(_ text: [UInt8]) -> Bool {
        var place = 0
        var patternPlace = 0
        var star: (pattern: Int, place: Int)?
        while place < text.count {
            if patternPlace < pattern.count, pattern[patternPlace] == UInt8(ascii: "*") {
                star = (patternPlace, place)
                patternPlace += 1
            } else if patternPlace < pattern.count, fits(pattern[patternPlace], text[place]) {
                place += 1
                patternPlace += 1
            } else if let last = star {
                star = (last.pattern, last.place + 1)
                place = last.place + 1
                patternPlace = last.pattern + 1
            } else {
                return false
            }
        }
        return pattern[patternPlace...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// A text in lower case that every match has: the longest one between two `*`.
    var literal: [UInt8]? {
        guard isExact else { return nil }
        let longest = pattern.split(separator: UInt8(ascii: "*")).max { $0.count < $1.count }
        return longest.flatMap { $0.count > 1 ? $0.map(Self.lower) : nil }
    }

    private func fits(_ wanted: UInt8, _ byte: UInt8) -> Bool {
        isExact ? wanted == byte : wanted == UInt8(ascii: "?") || wanted == Self.lower(byte)
    }

    static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
