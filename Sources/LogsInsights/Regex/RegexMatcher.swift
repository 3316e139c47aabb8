import CSearch

/// Runs expressions; keeps its memory from one text to the next.
///
/// Each pair of a step and a place in the text is tried once, so that the time is bounded by their product.
final class RegexMatcher {
    private var visited: [UInt64] = []
    private var jobs: [Job] = []
    /// Where group n begins and ends, at 2n and 2n+1; group 0 is the whole match. -1 for those that took no part.
    private(set) var captures: [Int] = []

    private enum Job {
        case run(step: Int, place: Int)
        case restore(capture: Int, place: Int)
    }

    /// More than this many pairs are not tried: of a longer text the beginning is looked at.
    private static let mostPairs = 1 << 26

    func matches(_ regex: Regex, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let program = regex.program
        if !program.literal.isEmpty {
            let place = program.literal.withUnsafeBufferPointer {
                cs_find(text.baseAddress, text.count, $0.baseAddress, $0.count)
            }
            guard place >= 0 else { return false }
            if program.isLiteral { return true }
        }
        return search(program, text)
    }

    /// Finds the first match and its groups.
    func search(_ program: RegexProgram, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = UnsafeBufferPointer(rebasing: text.prefix(Self.mostPairs / program.steps.count))
        let words = (program.steps.count * (text.count + 1) + 63) / 64
        visited.removeAll(keepingCapacity: true)
        visited.append(contentsOf: repeatElement(0, count: words))
        let slots = 2 + 2 * program.steps.count { if case .save = $0 { true } else { false } }
        for start in 0...text.count {
            if program.isAnchored, start > 0 { return false }
            if let first = program.firstBytes {
                guard start < text.count, text[start] < 0x80, first.contains(ascii: text[start]) else { continue }
            }
            captures.removeAll(keepingCapacity: true)
            captures.append(contentsOf: repeatElement(-1, count: slots))
            if let end = run(program, text, from: start) {
                captures[0] = start
                captures[1] = end
                return true
            }
        }
        return false
    }

    private func run(_ program: RegexProgram, _ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        jobs.removeAll(keepingCapacity: true)
        jobs.append(.run(step: 0, place: start))
        let width = text.count + 1
        while let job = jobs.popLast() {
            guard case .run(var step, var place) = job else {
                if case .restore(let capture, let old) = job { captures[capture] = old }
                continue
            }
            path: while true {
                let bit = step * width + place
                guard visited[bit >> 6] & 1 << UInt64(bit & 63) == 0 else { break path }
                visited[bit >> 6] |= 1 << UInt64(bit & 63)
                switch program.steps[step] {
                case .byte(let byte):
                    guard place < text.count, text[place] == byte else { break path }
                    place += 1
                    step += 1
                case .set(let index):
                    let length = Self.length(of: program.classes[index], text, place)
                    guard length > 0 else { break path }
                    place += length
                    step += 1
                case .fork(let first, let second):
                    jobs.append(.run(step: second, place: place))
                    step = first
                case .jump(let target): step = target
                case .save(let capture):
                    jobs.append(.restore(capture: capture, place: captures[capture]))
                    captures[capture] = place
                    step += 1
                case .assertion(let assertion):
                    guard Self.holds(assertion, text, place) else { break path }
                    step += 1
                case .match: return place
                }
            }
        }
        return nil
    }

    /// How many bytes the character at the place has, if it is of the class; else 0.
    private static func length(of set: CharacterClass, _ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int {
        guard place < text.count else { return 0 }
        let byte = text[place]
        if byte < 0x80 { return set.contains(ascii: byte) ? 1 : 0 }
        var length = 1
        var point = UInt32(byte & (byte >= 0xF0 ? 0x07 : byte >= 0xE0 ? 0x0F : 0x1F))
        let count = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
        while length < count, place + length < text.count, text[place + length] & 0xC0 == 0x80 {
            point = point << 6 | UInt32(text[place + length] & 0x3F)
            length += 1
        }
        return set.contains(length == count && count > 1 ? point : 0xFFFD) ? length : 0
    }

    private static func holds(
        _ assertion: RegexNode.Assertion, _ text: UnsafeBufferPointer<UInt8>, _ place: Int
    ) -> Bool {
        switch assertion {
        case .textStart: place == 0
        case .textEnd: place == text.count
        case .lastLineEnd: place == text.count || (place == text.count - 1 && text[place] == 0x0A)
        case .lineStart: place == 0 || text[place - 1] == 0x0A
        case .lineEnd: place == text.count || text[place] == 0x0A
        case .wordBoundary: isWord(text, place - 1) != isWord(text, place)
        case .noWordBoundary: isWord(text, place - 1) == isWord(text, place)
        }
    }

    private static func isWord(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
        text.indices.contains(place) && text[place] < 0x80 && CharacterClass.word.contains(ascii: text[place])
    }
}
