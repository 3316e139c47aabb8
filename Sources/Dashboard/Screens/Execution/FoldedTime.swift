import Terminal

/// Time along a line on which long spans without an event are folded to a short piece.
struct FoldedTime: Hashable, Sendable {
    /// Spans in microseconds from the beginning.
    struct Piece: Hashable, Sendable {
        var start: Int64
        var end: Int64
        /// Where it begins and ends on the line.
        var from: Double
        var to: Double
        var isFolded: Bool
    }

    private(set) var pieces: [Piece] = []
    private(set) var length: Double = 1

    /// Shorter spans are never folded.
    static let shortest: Int64 = 5_000_000

    /// - Parameter moments: when something happened, in microseconds from the beginning, in any order.
    init(_ moments: [Int64], until end: Int64) {
        let end = max(end, 1)
        let times = ([0, end] + moments.map { min(max($0, 0), end) }).sorted()
        let gaps = zip(times, times.dropFirst()).filter { $1 - $0 > Self.shortest }
        let quiet = gaps.reduce(0) { $0 + $1.1 - $1.0 }
        let busy = Double(end - quiet)
        let folded = busy > 0 ? gaps.filter { Double($1 - $0) > busy / 4 } : []
        let width = max(busy / 8, 1000)
        var place: Int64 = 0
        var at = 0.0
        for gap in folded {
            append(place, gap.0, &at, nil)
            append(gap.0, gap.1, &at, width)
            place = gap.1
        }
        append(place, end, &at, nil)
        length = max(at, 1)
    }

    private mutating func append(_ start: Int64, _ end: Int64, _ at: inout Double, _ width: Double?) {
        guard end > start else { return }
        let long = width ?? Double(end - start)
        pieces.append(Piece(start: start, end: end, from: at, to: at + long, isFolded: width != nil))
        at += long
    }

    var isFolded: Bool { pieces.contains { $0.isFolded } }

    /// The part of the line before a moment, from 0 to 1.
    func part(_ moment: Int64) -> Double {
        guard let piece = pieces.first(where: { moment <= $0.end }) else { return 1 }
        let inside = Double(max(moment - piece.start, 0)) / Double(max(piece.end - piece.start, 1))
        return (piece.from + inside * (piece.to - piece.from)) / length
    }

    /// Round moments, not closer to each other than a part of the line.
    func ticks(_ distance: Double) -> [Int64] {
        let step = DurationAxis.step(atLeast: max(distance * length, 1))
        var ticks: [Int64] = []
        for piece in pieces where !piece.isFolded {
            var tick = (piece.start + step - 1) / step * step
            while tick <= piece.end, ticks.count < 200 {
                ticks.append(tick)
                tick += step
            }
        }
        return ticks
    }
}
