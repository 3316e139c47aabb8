import JSON

/// Text of many lines that is edited in place: the event of an invocation.
struct EventEditor: Hashable, Sendable {
    /// At least one line.
    private(set) var lines: [[Character]] = [[]]
    private(set) var cursor = Place(line: 0, column: 0)
    /// More than this is edited in the person's own editor.
    static let byteLimit = 1024 * 1024
    /// An edit was refused since the text would have been longer than ``byteLimit``.
    private(set) var isFull = false

    private var byteCount = 0
    private var past: [Snapshot] = []
    private var future: [Snapshot] = []
    /// Characters typed one after another are undone together.
    private var isTyping = false
    private var wantedColumn: Int?
    private static let undoLimit = 200

    struct Place: Hashable, Comparable {
        var line: Int
        var column: Int

        static func < (left: Place, right: Place) -> Bool {
            (left.line, left.column) < (right.line, right.column)
        }
    }

    private struct Snapshot: Hashable {
        var lines: [[Character]]
        var cursor: Place
    }

    init(_ text: String = "") {
        set(text)
        cursor = Place(line: 0, column: 0)
    }

    var text: String { lines.map { String($0) }.joined(separator: "\n") }
    var isEmpty: Bool { lines.allSatisfy(\.isEmpty) }

    private mutating func set(_ text: String) {
        let text = text.utf8.count > Self.byteLimit ? "" : text
        byteCount = text.utf8.count
        lines = Self.split(text)
    }

    private static func split(_ text: String) -> [[Character]] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
            line.flatMap { $0 == "\t" ? [" ", " "] : [$0] }
        }
    }

    // MARK: Changes

    mutating func insert(_ character: Character) {
        guard fits(String(character).utf8.count) else { return }
        remember(typing: true)
        lines[cursor.line].insert(character, at: cursor.column)
        cursor.column += 1
    }

    /// Breaks the line; the new one begins as far in as this one does.
    mutating func insertNewline() {
        let indent = Array(lines[cursor.line].prefix(cursor.column).prefix { $0 == " " })
        guard fits(1 + indent.count) else { return }
        remember(typing: false)
        let tail = Array(lines[cursor.line][cursor.column...])
        lines[cursor.line].removeSubrange(cursor.column...)
        lines.insert(indent + tail, at: cursor.line + 1)
        cursor = Place(line: cursor.line + 1, column: indent.count)
    }

    mutating func paste(_ text: String) {
        guard fits(text.utf8.count) else { return }
        remember(typing: false)
        let pasted = Self.split(text)
        let tail = Array(lines[cursor.line][cursor.column...])
        lines[cursor.line].removeSubrange(cursor.column...)
        lines[cursor.line] += pasted.first ?? []
        lines.insert(contentsOf: pasted.dropFirst(), at: cursor.line + 1)
        cursor.line += max(pasted.count - 1, 0)
        cursor.column = lines[cursor.line].count
        lines[cursor.line] += tail
    }

    /// Puts another text in the place of the whole, so that it can be undone.
    mutating func replace(with text: String) {
        guard text.utf8.count <= Self.byteLimit else { return isFull = true }
        remember(typing: false)
        set(text)
        cursor = clamped(cursor)
    }

    mutating func deleteBackward() {
        guard cursor > Place(line: 0, column: 0) else { return }
        remember(typing: false)
        if cursor.column > 0 {
            cursor.column -= 1
            forget(lines[cursor.line].remove(at: cursor.column))
        } else {
            let tail = lines.remove(at: cursor.line)
            cursor = Place(line: cursor.line - 1, column: lines[cursor.line - 1].count)
            lines[cursor.line] += tail
            byteCount -= 1
        }
    }

    mutating func deleteForward() {
        let end = end
        guard cursor < end else { return }
        moveRight()
        deleteBackward()
    }

    mutating func deleteToLineEnd() {
        guard cursor.column < lines[cursor.line].count else { return deleteForward() }
        remember(typing: false)
        byteCount -= String(lines[cursor.line][cursor.column...]).utf8.count
        lines[cursor.line].removeSubrange(cursor.column...)
    }

    private mutating func forget(_ character: Character) { byteCount -= String(character).utf8.count }

    private mutating func fits(_ count: Int) -> Bool {
        isFull = byteCount + count > Self.byteLimit
        if !isFull { byteCount += count }
        return !isFull
    }

    // MARK: Undo

    private mutating func remember(typing: Bool) {
        wantedColumn = nil
        future = []
        defer { isTyping = typing }
        guard !(typing && isTyping) else { return }
        past.append(Snapshot(lines: lines, cursor: cursor))
        if past.count > Self.undoLimit { past.removeFirst() }
    }

    mutating func undo() {
        guard let snapshot = past.popLast() else { return }
        future.append(Snapshot(lines: lines, cursor: cursor))
        restore(snapshot)
    }

    mutating func redo() {
        guard let snapshot = future.popLast() else { return }
        past.append(Snapshot(lines: lines, cursor: cursor))
        restore(snapshot)
    }

    private mutating func restore(_ snapshot: Snapshot) {
        lines = snapshot.lines
        cursor = snapshot.cursor
        byteCount = text.utf8.count
        isTyping = false
    }
}

// MARK: - Moving

extension EventEditor {
    var end: Place { Place(line: lines.count - 1, column: lines[lines.count - 1].count) }

    func clamped(_ place: Place) -> Place {
        let line = min(max(place.line, 0), lines.count - 1)
        return Place(line: line, column: min(max(place.column, 0), lines[line].count))
    }

    mutating func move(to place: Place) {
        stopTyping()
        cursor = clamped(place)
    }

    mutating func moveLeft() {
        stopTyping()
        if cursor.column > 0 {
            cursor.column -= 1
        } else if cursor.line > 0 {
            cursor = Place(line: cursor.line - 1, column: lines[cursor.line - 1].count)
        }
    }

    mutating func moveRight() {
        stopTyping()
        if cursor.column < lines[cursor.line].count {
            cursor.column += 1
        } else if cursor.line < lines.count - 1 {
            cursor = Place(line: cursor.line + 1, column: 0)
        }
    }

    /// Keeps the column through shorter lines.
    mutating func moveLines(_ count: Int) {
        let column = wantedColumn ?? cursor.column
        stopTyping()
        cursor = clamped(Place(line: cursor.line + count, column: column))
        wantedColumn = column
    }

    mutating func moveToLineStart() {
        stopTyping()
        let text = lines[cursor.line].firstIndex { $0 != " " } ?? 0
        cursor.column = cursor.column == text ? 0 : text
    }

    mutating func moveToLineEnd() {
        stopTyping()
        cursor.column = lines[cursor.line].count
    }

    private mutating func stopTyping() {
        isTyping = false
        wantedColumn = nil
    }
}
