import Telemetry

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
        let least = max(distance * length, 1)
        var step: Int64 = 1
        for factor in Self.factors where Double(step) < least { step = factor }
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

    private static let factors: [Int64] = {
        let small = (0..<6).flatMap { power -> [Int64] in
            let unit = (0..<power).reduce(Int64(1)) { product, _ in product * 10 }
            return [unit, 2 * unit, 5 * unit]
        }
        let seconds: [Int64] = [
            1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400, 604_800, 2_592_000,
            31_536_000,
        ]
        return small + seconds.map { $0 * 1_000_000 }
    }()

    /// `0.5 s`, `20 ms`, `2 min`
    static func label(_ tick: Int64, step: Int64) -> String {
        if tick == 0 { return "0 s" }
        if step < 1000 { return "\(tick) µs" }
        if step < 100_000 { return "\(tick / 1000) ms" }
        if step < 1_000_000 { return "\(tick / 1_000_000).\(tick % 1_000_000 / 100_000) s" }
        if tick < 120_000_000 { return "\(tick / 1_000_000) s" }
        return Microseconds(tick).text
    }
}
