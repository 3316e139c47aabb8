import Telemetry
import TelemetryStore

/// Lines of two logs side by side: those that say the same stand in one row, whatever ids and numbers they name.
struct LogPair: Hashable, Sendable {
    var left: Side?
    var right: Side?

    struct Side: Hashable, Sendable {
        /// Since the invocation began.
        var offset: Microseconds
        var level: LogLevel
        var text: String
    }

    var isSame: Bool { left?.text == right?.text }
    /// How much later the right one came.
    var delay: Microseconds? {
        guard let left, let right else { return nil }
        return right.offset - left.offset
    }
}

enum LogAlignment {
    /// More lines of one log are not compared: the work grows with the product.
    static let mostLines = 400
    private static let textBytes = 2000

    static func pairs(_ left: InvocationDetail, _ right: InvocationDetail) -> [LogPair] {
        let (one, other) = (sides(left), sides(right))
        var numbers: [String: Int] = [:]
        func keys(_ sides: [LogPair.Side]) -> [Int] {
            sides.map { side in
                let key = pattern(side.text)
                let number = numbers[key] ?? numbers.count
                numbers[key] = number
                return number
            }
        }
        return places(keys(one), keys(other)).map { place in
            LogPair(left: place.left.map { one[$0] }, right: place.right.map { other[$0] })
        }
    }

    private static func sides(_ detail: InvocationDetail) -> [LogPair.Side] {
        detail.logLines.prefix(mostLines).map { line in
            LogPair.Side(
                offset: line.time - detail.record.startTime, level: line.level,
                text: String(decoding: LogMessage(line, limit: textBytes).bytes, as: UTF8.self))
        }
    }

    /// The line with every word that has a digit in it replaced: ids, times and amounts differ from call to call.
    static func pattern(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace)
            .map { $0.utf8.contains { (0x30...0x39).contains($0) } ? "#" : $0 }
            .joined(separator: " ")
    }

    /// The longest common subsequence, with what is only on one side between its members.
    static func places(_ left: [Int], _ right: [Int]) -> [(left: Int?, right: Int?)] {
        // `lengths[i][j]`: how much of left[i...] and right[j...] is common.
        let width = right.count + 1
        var lengths = [Int32](repeating: 0, count: (left.count + 1) * width)
        for i in left.indices.reversed() {
            for j in right.indices.reversed() {
                lengths[i * width + j] =
                    left[i] == right[j]
                    ? lengths[(i + 1) * width + j + 1] + 1
                    : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
            }
        }
        var (i, j) = (0, 0)
        var places: [(left: Int?, right: Int?)] = []
        while i < left.count || j < right.count {
            if i < left.count, j < right.count, left[i] == right[j] {
                places.append((i, j))
                (i, j) = (i + 1, j + 1)
            } else if j == right.count || i < left.count && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
                places.append((i, nil))
                i += 1
            } else {
                places.append((nil, j))
                j += 1
            }
        }
        return places
    }
}
