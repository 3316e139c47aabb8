import Terminal

/// The keys behind the bytes that xterm, rxvt, the Linux console, screen and tmux send.
enum KeyCode {
    static func plain(_ byte: UInt8) -> Key {
        switch byte {
        case 0x09: .tab
        case 0x0A, 0x0D: .enter
        case 0x1B: .escape
        case 0x08, 0x7F: .backspace
        case 0x00: .control(" ")
        case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
        case 0x1C...0x1F: .control(Character(Unicode.Scalar(byte + 0x40)))
        default: .character(Character(Unicode.Scalar(byte)))
        }
    }

    /// The byte after ESC O.
    static func shifted(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x50...0x53: .function(Int(byte) - 0x4F)
        case 0x4D: .enter
        case 0x61: .up
        case 0x62: .down
        case 0x63: .controlRight
        case 0x64: .controlLeft
        default: arrow(byte)
        }
    }

    /// A control sequence with these numbers and this last byte.
    static func sequence(_ numbers: [Int], _ last: UInt8) -> Key? {
        let modifier = numbers.count > 1 ? max(numbers[1] - 1, 0) : 0
        switch last {
        case 0x7E: return numbered(numbers.first ?? 0)
        case 0x5A: return .backTab
        case 0x50...0x53: return .function(Int(last) - 0x4F)
        case 0x61: return .shiftUp
        case 0x62: return .shiftDown
        case 0x63: return .shiftRight
        case 0x64: return .shiftLeft
        default: break
        }
        guard let key = arrow(last) else { return nil }
        return modified(key, isShift: modifier & 1 != 0, isControl: modifier & 4 != 0)
    }

    private static func arrow(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x41: .up
        case 0x42: .down
        case 0x43: .right
        case 0x44: .left
        case 0x46: .end
        case 0x48: .home
        default: nil
        }
    }

    private static func modified(_ key: Key, isShift: Bool, isControl: Bool) -> Key {
        switch key {
        case .left: isControl ? .controlLeft : isShift ? .shiftLeft : key
        case .right: isControl ? .controlRight : isShift ? .shiftRight : key
        case .up: isShift ? .shiftUp : key
        case .down: isShift ? .shiftDown : key
        default: key
        }
    }

    private static func numbered(_ number: Int) -> Key? {
        switch number {
        case 1, 7: .home
        case 2: .insert
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        case 11...15: .function(number - 10)
        case 17...21: .function(number - 11)
        case 23, 24: .function(number - 12)
        default: nil
        }
    }
}
