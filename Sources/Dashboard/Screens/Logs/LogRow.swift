import Telemetry
import TelemetryStore

/// What stands in one place of the list: a line, or the head of an invocation's lines.
enum LogRow: Hashable {
    /// The place of the line on the tape.
    case line(Int)
    case group(LogGroup)
    /// Lines are left out here, between the surroundings of two matches.
    case skip

    /// - Parameter isGrouped: lines of one invocation stand together, under the place of its first line.
    static func rows(of tape: LogTape, isGrouped: Bool) -> [LogRow] {
        isGrouped ? groupedRows(of: tape) : plainRows(of: tape)
    }

    private static func plainRows(of tape: LogTape) -> [LogRow] {
        guard !tape.contextIDs.isEmpty else { return tape.lines.indices.map(LogRow.line) }
        var rows: [LogRow] = []
        for place in tape.lines.indices {
            if place > 0, tape.lines[place].id - tape.lines[place - 1].id > 1 { rows.append(.skip) }
            rows.append(.line(place))
        }
        return rows
    }

    private static func groupedRows(of tape: LogTape) -> [LogRow] {
        var order: [LogGroup.Key] = []
        var members: [LogGroup.Key: [Int]] = [:]
        for (place, line) in tape.lines.enumerated() {
            let key = LogGroup.Key(line)
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(place)
        }
        return order.flatMap { key -> [LogRow] in
            let places = members[key] ?? []
            return [.group(LogGroup(key, lines: places.map { tape.lines[$0] }))] + places.map(LogRow.line)
        }
    }
}

/// The lines of one invocation, or of one stream where the invocation is not known.
struct LogGroup: Hashable {
    var function: String
    var requestID: RequestID?
    var stream: String
    var start: Timestamp
    var end: Timestamp
    var lineCount: Int
    var errorCount: Int
    var warningCount: Int
    /// The line that it stands for when it is opened.
    var firstID: UInt64

    enum Key: Hashable {
        case request(RequestID)
        case stream(String)

        init(_ line: LogLine) {
            self = line.requestID.map(Key.request) ?? .stream(line.stream)
        }
    }

    init(_ key: Key, lines: [LogLine]) {
        function = lines.first?.function ?? lines.first?.group ?? ""
        stream = lines.first?.stream ?? ""
        start = lines.first?.time ?? Timestamp(microseconds: 0)
        end = lines.last?.time ?? start
        lineCount = lines.count
        errorCount = lines.count { $0.level >= .error }
        warningCount = lines.count { $0.level == .warn }
        firstID = lines.first?.id ?? 0
        if case .request(let id) = key { requestID = id }
    }
}
