import TelemetryStore

/// The part of the log that is in hand: consecutive matching lines around what is looked at, oldest first.
///
/// It moves over the whole store page by page, so its size does not depend on how long the log is.
struct LogTape: Hashable {
    private(set) var lines: [LogLine] = []
    private(set) var contextIDs: Set<UInt64> = []
    /// Matching lines exist that are older, or newer, than those in hand.
    private(set) var hasBefore = false
    private(set) var hasAfter = false

    static let lineLimit = 4000
    static let byteLimit = 16 * 1024 * 1024

    private var byteCount = 0

    var isEmpty: Bool { lines.isEmpty }
    var first: LogLine? { lines.first }
    var last: LogLine? { lines.last }

    /// The place of the line, or of the nearest one after it that is here.
    func index(atOrAfter id: UInt64) -> Int {
        var low = 0
        var high = lines.count
        while low < high {
            let middle = (low + high) / 2
            if lines[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func index(of id: UInt64) -> Int? {
        let place = index(atOrAfter: id)
        return place < lines.count && lines[place].id == id ? place : nil
    }

    /// The line that is nearest to the id.
    func index(nearest id: UInt64) -> Int? {
        lines.isEmpty ? nil : min(index(atOrAfter: id), lines.count - 1)
    }

    mutating func replace(with page: LogPage) {
        lines = page.lines
        contextIDs = page.contextIDs
        hasBefore = page.hasBefore
        hasAfter = page.hasAfter
        byteCount = lines.reduce(0) { $0 + $1.message.count }
        while isTooBig, lines.count > 1 { dropFirst() }
    }

    /// Adds older lines; the newest leave when it gets too long.
    mutating func prepend(_ page: LogPage) {
        let known = first?.id ?? .max
        let added = page.lines.filter { $0.id < known }
        lines.insert(contentsOf: added, at: 0)
        contextIDs.formUnion(page.contextIDs)
        hasBefore = page.hasBefore
        byteCount += added.reduce(0) { $0 + $1.message.count }
        while isTooBig, lines.count > max(added.count, 1) { dropLast() }
    }

    /// Adds newer lines; the oldest leave when it gets too long.
    mutating func append(_ page: LogPage) {
        let known = last?.id ?? 0
        let added = page.lines.filter { $0.id > known || lines.isEmpty }
        lines.append(contentsOf: added)
        contextIDs.formUnion(page.contextIDs)
        hasAfter = page.hasAfter
        byteCount += added.reduce(0) { $0 + $1.message.count }
        while isTooBig, lines.count > max(added.count, 1) { dropFirst() }
    }

    private var isTooBig: Bool { lines.count > Self.lineLimit || byteCount > Self.byteLimit }

    private mutating func dropFirst() {
        let excess = max(lines.count - Self.lineLimit, 1)
        byteCount -= lines.prefix(excess).reduce(0) { $0 + $1.message.count }
        contextIDs.subtract(lines.prefix(excess).map(\.id))
        lines.removeFirst(excess)
        hasBefore = true
    }

    private mutating func dropLast() {
        let excess = max(lines.count - Self.lineLimit, 1)
        byteCount -= lines.suffix(excess).reduce(0) { $0 + $1.message.count }
        contextIDs.subtract(lines.suffix(excess).map(\.id))
        lines.removeLast(excess)
        hasAfter = true
    }
}
