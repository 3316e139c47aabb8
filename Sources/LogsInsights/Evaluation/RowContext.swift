import CSearch
import Telemetry

/// The row that expressions are evaluated for: a line, or a row that a command made.
final class RowContext {
    let account: String
    /// Seconds since 1970, when the query began.
    let now: Double
    let matcher = RegexMatcher()
    private(set) var line: LogLineView?
    private(set) var columns: [Value] = []
    private let slots: [Slot]
    private var values: [Value]
    /// For which row the value of a slot was found.
    private var rows: [Int]
    private var row = 0
    private var parses: [Int]

    init(account: String, now: Double, slots: [Slot], parses: Int) {
        self.account = account
        self.now = now
        self.slots = slots
        values = Array(repeating: .missing, count: slots.count)
        rows = Array(repeating: 0, count: slots.count)
        self.parses = Array(repeating: 0, count: parses)
    }

    func look(at line: LogLineView) {
        self.line = line
        row += 1
    }

    func look(at columns: [Value]) {
        self.columns = columns
        row += 1
    }

    /// The value of a slot, found once a row and only when it is asked for.
    func value(of slot: Int) -> Value {
        if rows[slot] == row { return values[slot] }
        // A slot that needs itself is missing.
        rows[slot] = row
        values[slot] = .missing
        switch slots[slot] {
        case .expression(let expression): values[slot] = expression.value(self)
        case .parsed(let parse, let first, let command):
            if parses[parse] != row {
                parses[parse] = row
                run(command, first: first)
            }
        }
        return values[slot]
    }

    private func run(_ command: ParseCommand, first: Int) {
        let count = command.names.count
        for slot in first..<(first + count) {
            rows[slot] = row
            values[slot] = .missing
        }
        let source = command.source.value(self)
        guard !source.isMissing else { return }
        if case .borrowed(let text) = source {
            capture(command.pattern, text, first, isBorrowed: true)
        } else {
            source.withBytes { capture(command.pattern, $0, first, isBorrowed: false) }
        }
    }

    private func capture(
        _ pattern: ParseCommand.Pattern, _ text: UnsafeBufferPointer<UInt8>, _ first: Int, isBorrowed: Bool
    ) {
        func set(_ index: Int, _ range: Range<Int>) {
            let part = Value.borrowed(UnsafeBufferPointer(rebasing: text[range]))
            values[first + index] = isBorrowed ? part : part.owned
        }
        switch pattern {
        case .glob(let pieces):
            for (index, range) in (Self.match(pieces, text) ?? []).enumerated() { set(index, range) }
        case .regex(let regex):
            guard matcher.search(regex.program, text) else { return }
            for index in 0..<regex.groupCount {
                let (start, end) = (matcher.captures[2 * index + 2], matcher.captures[2 * index + 3])
                if start >= 0, end >= start { set(index, start..<end) }
            }
        }
    }

    /// What the wildcards between the pieces stand for; `nil` when the text is not so.
    private static func match(_ pieces: [[UInt8]], _ text: UnsafeBufferPointer<UInt8>) -> [Range<Int>]? {
        var found: [Range<Int>] = []
        var place = 0
        for (index, piece) in pieces.enumerated() {
            if piece.isEmpty, index == pieces.count - 1, index > 0 {
                let hasNewline = text.last == 0x0A && text.count > place
                found.append(place..<(text.count - (hasNewline ? 1 : 0)))
                return found
            }
            guard let base = text.baseAddress else { return piece.isEmpty ? [] : nil }
            let offset = piece.isEmpty ? 0 : cs_find(base + place, text.count - place, piece, piece.count)
            guard offset >= 0 else { return nil }
            if index > 0 { found.append(place..<(place + offset)) }
            place += offset + piece.count
        }
        return found
    }
}

/// A name that a command gave, with how its value is found.
enum Slot {
    case expression(Expression)
    /// The place of the parse command among all, and its first slot.
    case parsed(Int, first: Int, ParseCommand)
}
