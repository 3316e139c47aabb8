/// Reads UTF-8 from outside as characters that are safe in cells.
///
/// Control characters become visible, joined emoji are reduced to their first, flags to their letters, bidirectional
/// controls and bytes that are not UTF-8 become U+FFFD. Tabs go to the next multiple of four columns.
struct CharacterReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var offset = 0
    private var column = 0
    private var spaces = 0

    private static let tabWidth = 4

    /// - Parameter start: how many bytes were read already, each of them of one column.
    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) {
        self.bytes = bytes
        offset = start
        column = start
    }

    /// The next character with its width, or `nil` at the end.
    mutating func next() -> DrawnCharacter? {
        if spaces > 0 { return space() }
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == 0x09 { return tab() }
            if byte >= 0x20, byte < 0x7F { return ascii(byte) }
            switch ScalarClass(scalar()) {
            case .base(let character): return withMarks(character)
            case .skinTone: return withMarks(DrawnCharacter(scalar: 0x1F3FB, width: 2))
            case .mark, .joiner, .dropped: continue
            }
        }
        return nil
    }

    private mutating func ascii(_ byte: UInt8) -> DrawnCharacter {
        offset += 1
        // Only a byte above ASCII can start a mark.
        guard offset < bytes.count, bytes[offset] >= 0x80 else {
            column += 1
            return DrawnCharacter(scalar: UInt32(byte))
        }
        return withMarks(DrawnCharacter(scalar: UInt32(byte)))
    }

    private mutating func tab() -> DrawnCharacter {
        offset += 1
        spaces = Self.tabWidth - column % Self.tabWidth
        return space()
    }

    private mutating func space() -> DrawnCharacter {
        spaces -= 1
        column += 1
        return DrawnCharacter(scalar: 0x20)
    }

    /// Takes what belongs to the base: marks (two are kept), joined characters and modifiers (none is).
    private mutating func withMarks(_ base: DrawnCharacter) -> DrawnCharacter {
        var character = base
        let isEmoji = base.scalar >= 0x1F000 || (0x2600...0x27BF).contains(base.scalar)
        while offset < bytes.count, bytes[offset] >= 0x80 {
            let start = offset
            let next = scalar()
            switch ScalarClass(next) {
            case .mark: character.add(mark: next)
            case .dropped: continue
            case .joiner where isEmoji: skipJoined()
            case .joiner: continue
            case .skinTone where isEmoji: continue
            case .base, .skinTone:
                offset = start
                column += character.width
                return character
            }
        }
        column += character.width
        return character
    }

    private mutating func skipJoined() {
        guard offset < bytes.count, bytes[offset] >= 0x80 else { return }
        let start = offset
        guard case .base = ScalarClass(scalar()) else {
            offset = start
            return
        }
    }

    /// Decodes one scalar; a byte that starts none is U+FFFD.
    private mutating func scalar() -> UInt32 {
        let first = bytes[offset]
        offset += 1
        let (count, bits, least): (Int, UInt32, UInt32)
        switch first {
        case 0..<0x80: return UInt32(first)
        case 0xC2...0xDF: (count, bits, least) = (1, UInt32(first & 0x1F), 0x80)
        case 0xE0...0xEF: (count, bits, least) = (2, UInt32(first & 0x0F), 0x800)
        case 0xF0...0xF4: (count, bits, least) = (3, UInt32(first & 0x07), 0x10000)
        default: return 0xFFFD
        }
        guard bytes.count - offset >= count else { return 0xFFFD }
        var value = bits
        for place in offset..<(offset + count) {
            guard bytes[place] & 0xC0 == 0x80 else { return 0xFFFD }
            value = value << 6 | UInt32(bytes[place] & 0x3F)
        }
        guard value >= least, value <= 0x10FFFF, !(0xD800..<0xE000).contains(value) else { return 0xFFFD }
        offset += count
        return value
    }
}

extension DrawnCharacter {
    mutating func add(mark: UInt32) {
        if firstMark == 0 {
            firstMark = mark
        } else if secondMark == 0 {
            secondMark = mark
        }
    }
}
