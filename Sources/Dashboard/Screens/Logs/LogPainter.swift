import Telemetry
import TelemetryStore
import Terminal

/// Draws rows of the log as runs of text.
struct LogPainter {
    var list: LogList
    var columns: LogColumns
    /// Columns that the messages are moved to the left by.
    var offset: Int

    /// A wrapped line takes no more rows than these; its own view shows the rest.
    static let wrapLimit = 12
    /// More bytes than these for a column are not looked at: a character of UTF-8 takes four at most.
    private static let bytesAColumn = 4
    /// Line breaks after these are not counted: a message of megabytes must not cost its length for each frame.
    private static let bytesCounted = 16 * 1024

    init(_ list: LogList, width: Int, offset: Int = 0, hidesInvocation: Bool = false) {
        self.list = list
        self.offset = offset
        let names =
            hidesInvocation || list.options.isGrouped
            ? 0 : list.tape.lines.reduce(0) { max($0, Text.width($1.function ?? "")) }
        let content = LogColumns.Content(
            time: list.options.time, longestFunction: names, hasRequests: !hidesInvocation && !list.options.isGrouped)
        columns = LogColumns(width: width, content)
    }

    /// How many rows of the screen a row of the list takes.
    func height(of row: LogRow) -> Int {
        guard list.options.isWrapped, let line = list.line(row) else { return 1 }
        guard line.message.count > columns.message || line.message.contains(0x0A) else { return 1 }
        return max(runs(line).wrapped(to: columns.message, limit: Self.wrapLimit).rows.count, 1)
    }

    /// The rows of the screen for a row of the list.
    func picture(of place: Int) -> [[Run]] {
        switch list.rows[place] {
        case .skip: [[Run(String(repeating: " ", count: LogColumns.gutter)), Run(Mark.ellipsis, .dim)]]
        case .group(let group): [head(group)]
        case .line(let index): picture(of: list.tape.lines[index], before: index > 0 ? list.tape.lines[index - 1] : nil)
        }
    }

    private func picture(of line: LogLine, before: LogLine?) -> [[Run]] {
        let head = head(line, before: before)
        guard list.options.isWrapped else {
            return [head + firstLine(of: line)]
        }
        let indent = Run(String(repeating: " ", count: columns.messageStart))
        let (rows, isCut) = runs(line).wrapped(to: columns.message, limit: Self.wrapLimit)
        var picture = rows.enumerated().map { $0.offset == 0 ? head + $0.element : [indent] + $0.element }
        if isCut, !picture.isEmpty { picture[picture.count - 1] = [indent, Run(rest(of: line), .dim)] }
        return picture.isEmpty ? [head] : picture
    }

    /// The first line of the message, and how many more there are: that is seen also where the line is cut.
    private func firstLine(of line: LogLine) -> [Run] {
        let (shown, breaks) = runs(line).firstLine
        let first = shown.dropping(columns: offset)
        guard breaks > 0 else { return first }
        let feeds = line.message[...].trimmingLineEnds.prefix(Self.bytesCounted).count { $0 == 0x0A }
        let more = max(breaks, feeds)
        let sign = line.message.count > Self.bytesCounted ? Mark.ellipsis : ""
        let rest = Run("  +\(more)\(sign) \(more == 1 ? "line" : "lines")", .dim)
        let room = columns.message - Text.width(rest.text)
        return (room < 12 ? first : first.cut(to: room)) + [rest]
    }

    private func rest(of line: LogLine) -> String {
        "\(Mark.ellipsis) \(Format.bytes(line.message.count)) in all, Enter opens"
    }

    private func runs(_ line: LogLine) -> [Run] {
        let shown = list.options.isWrapped ? columns.message * Self.wrapLimit : columns.message + offset
        let isContext = list.tape.contextIDs.contains(line.id)
        return LogInk.runs(line, filter: list.filter, limit: shown * Self.bytesAColumn, isContext: isContext)
    }

    // MARK: Columns before the message

    private func head(_ line: LogLine, before: LogLine?) -> [Run] {
        let function = line.function ?? ""
        let request = line.requestID.map { String($0.short.prefix(columns.request)) } ?? ""
        return [Run(String(repeating: " ", count: LogColumns.gutter))]
            + Run.cell(
                time(line, before: before), columns.time, Style(.dim), right: list.options.time == .sincePrevious)
            + Run.cell(function, columns.function, Style(LogInk.role(of: function)))
            + Run.cell(request, columns.request, Style(.dim))
            + Run.cell(level(line.level), columns.level, levelStyle(line.level))
    }

    private func time(_ line: LogLine, before: LogLine?) -> String {
        guard list.options.time == .sincePrevious else {
            return columns.time == 12 ? line.time.clockText : line.time.shortClockText
        }
        guard let before else { return "" }
        return "+" + Format.duration(microseconds: max(line.time - before.time, .zero).count)
    }

    private func level(_ level: LogLevel) -> String {
        let name = level.name.uppercased()
        return columns.level == 1 ? String(name.prefix(1)) : name
    }

    private func levelStyle(_ level: LogLevel) -> Style {
        Style(LogInk.role(of: level), on: .background, level >= .error ? .bold : [])
    }

    private func head(_ group: LogGroup) -> [Run] {
        var runs = [Run(Mark.opened + " ", .dim)]
        runs.append(Run(group.function, LogInk.role(of: group.function), .bold))
        runs.append(Run("  " + (group.requestID?.short ?? group.stream), .accent))
        let lines = "\(Format.count(group.lineCount)) \(group.lineCount == 1 ? "line" : "lines")"
        runs.append(Run("  \(group.start.clockText)  \(lines)", .dim))
        if group.end > group.start { runs.append(Run("  " + (group.end - group.start).text, .dim)) }
        if group.errorCount > 0 {
            runs.append(
                Run("  \(Mark.failed) \(group.errorCount) \(group.errorCount == 1 ? "error" : "errors")", .error))
        }
        if group.warningCount > 0 { runs.append(Run("  \(group.warningCount) warn", .warn)) }
        return runs
    }
}
