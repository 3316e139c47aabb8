import Telemetry
import TelemetryStore
import Terminal

/// Invocations, a row each.
struct InvocationTable {
    var records: [InvocationRecord]
    var cursor: ListCursor
    var isFocused: Bool

    /// Where the time of the start has no room, a sign beside the status says that there was one.
    private static func columns(isNarrow: Bool) -> [TableColumn] {
        [
            TableColumn("TIME", minimum: 12, dropOrder: 2), TableColumn("", minimum: isNarrow ? 2 : 1),
            TableColumn("REQUEST", minimum: 8),
            TableColumn("TRIGGER", minimum: 10, ideal: isNarrow ? 20 : 28, dropOrder: 3),
            TableColumn("DURATION", .right, minimum: 8),
            TableColumn("INIT", .right, minimum: isNarrow ? 40 : 9, dropOrder: 4),
            TableColumn("MEMORY", .right, minimum: 11, dropOrder: 5),
            TableColumn("ERROR", minimum: 14, ideal: 30, dropOrder: 1, isFlexible: true),
        ]
    }

    private func isNarrow(_ rect: Rect) -> Bool { rect.columns < 90 }

    private func table(empty: String, isNarrow: Bool) -> Table {
        let columns = Self.columns(isNarrow: isNarrow)
        var table = Table(columns, rowCount: records.count, cursor: cursor, isFocused: isFocused)
        table.showsSelection = isFocused
        table.emptyText = empty
        return table
    }

    func map(in rect: Rect) -> TableMap { table(empty: "", isNarrow: isNarrow(rect)).layout(in: rect) }

    func draw(on canvas: inout Canvas, in rect: Rect, empty: String, _ context: ScreenContext) {
        let isNarrow = isNarrow(rect)
        canvas.draw(table(empty: empty, isNarrow: isNarrow), in: rect, context) {
            .invocation(records[$0].requestID)
        } cell: {
            Self.cell(records[$0], $1, isNarrow: isNarrow)
        }
    }

    private static func cell(_ record: InvocationRecord, _ column: Int, isNarrow: Bool) -> TableCell {
        let end = record.end
        switch column {
        case 0: return .text((record.endTime ?? record.startTime).clockText, .dim)
        case 1:
            guard let end else { return .text(Mark.running, .accent) }
            let status = StyledText(
                end.status == .success ? Mark.ok : end.status == .throttled ? Mark.waiting : Mark.failed,
                end.status == .success ? .ok : end.status == .throttled ? .warn : .error)
            return .text(isNarrow && end.initDuration != nil ? status + StyledText("❄", .info) : status)
        case 2: return .text(record.requestID.short, .accent)
        case 3:
            let attempt = record.start.attempt > 1 ? " ↻\(record.start.attempt)" : ""
            return .text(record.start.trigger + attempt)
        case 4: return .text(end.map { $0.status == .throttled ? Format.none : $0.duration.text } ?? "running")
        case 5: return .text(end?.initDuration.map { "❄ " + $0.text } ?? "", .info)
        case 6:
            guard let end, end.maxMemoryUsedMiB > 0 else { return .text("") }
            return .text("\(end.maxMemoryUsedMiB)/\(end.memorySizeMiB) MiB", .dim)
        default:
            guard let end, end.status != .success else { return .text("") }
            return .text([end.errorType, end.errorMessage].compactMap { $0 }.joined(separator: ": "), .error)
        }
    }
}
