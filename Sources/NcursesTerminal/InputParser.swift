import Terminal

/// Turns the bytes of a terminal into events; keeps what is not complete.
struct InputParser {
    enum Output: Hashable {
        case event(TerminalEvent)
        /// The answer to the question whether the terminal knows mode 2026.
        case synchronizedOutput(Bool)
    }

    /// More pasted text than this is cut off.
    static let pasteLimit = 1 << 20
    private static let sequenceLimit = 64
    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    private var pending: [UInt8] = []
    private var pasted: [UInt8]?
    private var mouse = MouseState()

    /// Whether half a sequence waits; if nothing follows soon, call ``flush()``.
    var isWaiting: Bool { !pending.isEmpty }

    mutating func feed(_ bytes: some Sequence<UInt8>) -> [Output] {
        var result: [Output] = []
        for byte in bytes {
            if pasted != nil {
                paste(byte, into: &result)
            } else {
                pending.append(byte)
                step(&result)
            }
        }
        return result
    }

    /// Nothing follows: a lone Escape is the key, anything else that is incomplete is dropped.
    mutating func flush() -> [Output] {
        defer { pending = [] }
        switch pending {
        case [0x1B]: return [.event(.key(.escape))]
        case [0x1B, 0x1B]: return [.event(.key(.escape)), .event(.key(.escape))]
        case [0x1B, 0x5B]: return [.event(.key(.alt("[")))]
        case [0x1B, 0x4F]: return [.event(.key(.alt("O")))]
        default: return []
        }
    }

    private mutating func paste(_ byte: UInt8, into result: inout [Output]) {
        guard var text = pasted else { return }
        pasted = nil
        text.append(byte)
        if byte == 0x7E, text.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd) {
            text.removeLast(Self.pasteEnd.count)
            result.append(.event(.paste(String(decoding: text.prefix(Self.pasteLimit), as: UTF8.self))))
            return
        }
        // Past the limit only the end is watched for.
        if text.count > Self.pasteLimit + 64 { text.removeSubrange(Self.pasteLimit..<(Self.pasteLimit + 32)) }
        pasted = text
    }

    private mutating func step(_ result: inout [Output]) {
        guard pending.first == 0x1B else { return character(&result) }
        guard pending.count > 1 else { return }
        switch pending[1] {
        case 0x5B: controlSequence(&result)
        case 0x4F: shiftSequence(&result)
        case 0x1B:
            // Escape, then something else that begins with Escape.
            guard pending.count > 2 else { return }
            result.append(.event(.key(.escape)))
            pending.removeFirst()
            step(&result)
        default: alt(&result)
        }
    }

    private mutating func character(_ result: inout [Output]) {
        guard let first = pending.first else { return }
        guard first >= 0x80 else {
            pending = []
            result.append(.event(.key(KeyCode.plain(first))))
            return
        }
        guard let character = completed(pending[...]) else { return }
        pending = []
        if let character { result.append(.event(.key(.character(character)))) }
    }

    private mutating func alt(_ result: inout [Output]) {
        guard pending[1] >= 0x20 else {
            let key = KeyCode.plain(pending[1])
            pending = []
            result += [.event(.key(.escape)), .event(.key(key))]
            return
        }
        guard let character = completed(pending.dropFirst()) else { return }
        pending = []
        if let character { result.append(.event(.key(character == "\u{7F}" ? .backspace : .alt(character)))) }
    }

    /// - Returns: `nil` while bytes are missing; `.some(nil)` when they are no character.
    private func completed(_ bytes: ArraySlice<UInt8>) -> Character?? {
        guard let first = bytes.first else { return nil }
        let needed = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
        if bytes.dropFirst().contains(where: { $0 & 0xC0 != 0x80 }) { return .some(nil) }
        guard bytes.count >= needed else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self), let character = text.first else { return .some(nil) }
        return character
    }

    private mutating func shiftSequence(_ result: inout [Output]) {
        guard pending.count > 2 else { return }
        let key = KeyCode.shifted(pending[2])
        pending = []
        if let key { result.append(.event(.key(key))) }
    }

    private mutating func controlSequence(_ result: inout [Output]) {
        guard pending.count > 2, let last = pending.last else { return }
        // The Linux console's F1 to F5: ESC [ [ A.
        if pending.count == 3 && last == 0x5B { return }
        if pending.count == 4 && pending[2] == 0x5B {
            pending = []
            if (0x41...0x45).contains(last) { result.append(.event(.key(.function(Int(last) - 0x40)))) }
            return
        }
        // rxvt ends shifted keys with a dollar sign, which elsewhere stands before the last byte.
        guard (0x40...0x7E).contains(last) else {
            if pending.count > Self.sequenceLimit || last < 0x20 { pending = [] }
            return
        }
        let body = Array(pending[2..<(pending.count - 1)])
        pending = []
        sequence(body, last, &result)
    }

    private mutating func sequence(_ body: [UInt8], _ last: UInt8, _ result: inout [Output]) {
        if body.first == 0x3C, last == 0x4D || last == 0x6D {
            guard let event = mouse.event(numbers(body.dropFirst()), isRelease: last == 0x6D) else { return }
            result.append(.event(.mouse(event)))
            return
        }
        if body.first == 0x3F {
            let values = numbers(body.dropFirst().filter { $0 != 0x24 })
            guard last == 0x79, values.count == 2, values[0] == 2026 else { return }
            result.append(.synchronizedOutput((1...3).contains(values[1])))
            return
        }
        let values = numbers(body[...])
        if last == 0x7E && values.first == 200 {
            pasted = []
        } else if let key = KeyCode.sequence(values, last) {
            result.append(.event(.key(key)))
        }
    }

    private func numbers(_ bytes: some Sequence<UInt8>) -> [Int] {
        var result = [0]
        for byte in bytes {
            if byte == 0x3B {
                result.append(0)
            } else if (0x30...0x39).contains(byte) {
                result[result.count - 1] = min(result[result.count - 1] * 10 + Int(byte - 0x30), 1_000_000)
            }
        }
        return result
    }
}
