/// Lines in the gap between two layers that are one line at their beginning: from one port down to one or more columns.
struct EdgeNet {
    /// Where it comes into the gap from above; `nil` for one that comes from a lane.
    var top: Int?
    /// Where it leaves downwards, with the slot that is there.
    var bottoms: [Bottom] = []
    /// The lanes that it reaches.
    var lanes: [Int] = []
    /// The row of its horizontal part, from the top of the gap; `nil` when it is straight.
    var track: Int?
    /// Where two nets would need to be above each other, one makes a step: down at this column after its first track.
    var step: (track: Int, column: Int)?

    struct Bottom: Hashable {
        var column: Int
        var slot: Int
    }

    var isStraight: Bool {
        guard let top, lanes.isEmpty else { return false }
        return bottoms.allSatisfy { $0.column == top }
    }

    /// The columns of the horizontal part.
    var span: ClosedRange<Int> {
        let columns = (top.map { [$0] } ?? []) + bottoms.map(\.column) + lanes
        let first = columns.min() ?? 0
        return first...(columns.max() ?? first)
    }
}

/// Gives the nets of one gap rows, so that lines of different nets touch only where they cross or lead to the same node.
struct EdgeTracks {
    private(set) var nets: [EdgeNet]
    private(set) var count = 0

    /// Beyond this number, nets are not ordered to avoid crossings.
    private static let orderLimit = 48

    init(_ nets: [EdgeNet], columns: Range<Int>) {
        self.nets = nets
        var pieces = nets.indices.filter { !nets[$0].isStraight }.map { Piece(nets[$0], net: $0) }
        guard !pieces.isEmpty else { return }
        assign(&pieces, columns: columns)
    }

    /// A net, or the part of one before or after its step.
    private struct Piece {
        var net: Int
        var tops: [Int]
        var bottoms: [Int]
        var span: ClosedRange<Int>
        var isAfterStep = false

        init(_ net: EdgeNet, net index: Int) {
            self.net = index
            tops = net.top.map { [$0] } ?? []
            bottoms = net.bottoms.map(\.column)
            span = net.span
        }
    }

    private mutating func assign(_ pieces: inout [Piece], columns: Range<Int>) {
        var byTop: [Int: Int] = [:]
        for (index, piece) in pieces.enumerated() {
            if let top = piece.tops.first { byTop[top] = index }
        }
        // A net must branch above where another one comes down in the same column, or joins it.
        var after: [[Int]] = Array(repeating: [], count: pieces.count)
        var before = Array(repeating: 0, count: pieces.count)
        func constrain(_ upper: Int, _ lower: Int) {
            after[upper].append(lower)
            before[lower] += 1
        }
        for (index, piece) in pieces.enumerated() {
            for bottom in Set(piece.bottoms) {
                guard let upper = byTop[bottom], upper != index else { continue }
                constrain(upper, index)
            }
        }
        var lowest = Array(repeating: 0, count: pieces.count)
        var open = Set(pieces.indices)
        var ready = pieces.indices.filter { before[$0] == 0 }
        var rows: [[Taken]] = []
        while !open.isEmpty {
            let chosen: Int
            if ready.isEmpty {
                guard let stuck = open.min(by: { (before[$0], $0) < (before[$1], $1) }) else { break }
                if let column = freeColumn(near: pieces[stuck], pieces, columns) {
                    split(stuck, at: column, &pieces, &after, &before, &lowest)
                    open.insert(pieces.count - 1)
                }
                before[stuck] = 0
                chosen = stuck
            } else {
                chosen = ready.remove(at: best(of: ready, open, pieces))
            }
            open.remove(chosen)
            let row = put(pieces[chosen], from: lowest[chosen], &rows)
            record(pieces[chosen], row)
            for lower in after[chosen] {
                lowest[lower] = max(lowest[lower], row + 1)
                before[lower] -= 1
                if before[lower] == 0, open.contains(lower) { ready.append(lower) }
            }
        }
        count = rows.count
    }

    private struct Taken {
        var span: ClosedRange<Int>
        var bottoms: [Int]
        /// Where all of it leads, if that is one place.
        var only: Int?
    }

    private func put(_ piece: Piece, from lowest: Int, _ rows: inout [[Taken]]) -> Int {
        let isPlain = nets[piece.net].lanes.isEmpty && piece.bottoms.count == 1
        let taken = Taken(span: piece.span, bottoms: piece.bottoms, only: isPlain ? piece.bottoms.first : nil)
        var row = lowest
        while row < rows.count, rows[row].contains(where: { collide($0, taken) }) { row += 1 }
        while rows.count <= row { rows.append([]) }
        guard let same = rows[row].firstIndex(where: { $0.only != nil && $0.only == taken.only }) else {
            rows[row].append(taken)
            return row
        }
        let span = rows[row][same].span
        rows[row][same].span =
            min(span.lowerBound, taken.span.lowerBound)...max(span.upperBound, taken.span.upperBound)
        return row
    }

    /// Lines that lead to the same place and nowhere else are one line; two that meet only above a node that both lead to
    /// share a row as well.
    private func collide(_ one: Taken, _ other: Taken) -> Bool {
        let first = max(one.span.lowerBound, other.span.lowerBound)
        let last = min(one.span.upperBound, other.span.upperBound)
        guard first <= last, one.only == nil || one.only != other.only else { return false }
        return !(first == last && one.bottoms.contains(first) && other.bottoms.contains(first))
    }

    private mutating func record(_ piece: Piece, _ row: Int) {
        let net = piece.net
        if !piece.isAfterStep, let step = nets[net].step {
            nets[net].step = (row, step.column)
        } else {
            nets[net].track = row
        }
    }

    /// The one that causes the fewest crossings when it is above the others.
    private func best(of ready: [Int], _ open: Set<Int>, _ pieces: [Piece]) -> Int {
        guard ready.count > 1, open.count <= Self.orderLimit else { return 0 }
        var best = 0
        var lowestCost = Int.max
        for (place, index) in ready.enumerated() {
            let cost = open.reduce(0) { sum, other in
                guard other != index else { return sum }
                return sum + crossings(pieces[index], pieces[other]) - crossings(pieces[other], pieces[index])
            }
            guard cost < lowestCost else { continue }
            lowestCost = cost
            best = place
        }
        return best
    }

    private func crossings(_ upper: Piece, _ lower: Piece) -> Int {
        lower.tops.reduce(0) { $0 + (upper.span.contains($1) ? 1 : 0) }
            + upper.bottoms.reduce(0) { $0 + (lower.span.contains($1) ? 1 : 0) }
    }

    private func freeColumn(near piece: Piece, _ pieces: [Piece], _ columns: Range<Int>) -> Int? {
        guard let top = piece.tops.first, !nets[piece.net].isStraight, nets[piece.net].step == nil else { return nil }
        var used = Set<Int>()
        for net in nets {
            if let top = net.top { used.insert(top) }
            for bottom in net.bottoms { used.insert(bottom.column) }
            if let step = net.step { used.insert(step.column) }
        }
        for distance in 1...200 {
            for column in [top + distance, top - distance] where columns.contains(column) && !used.contains(column) {
                return column
            }
        }
        return nil
    }

    /// The first part keeps the place in the list and is free of what kept the net waiting; the second waits for that.
    private mutating func split(
        _ index: Int, at column: Int, _ pieces: inout [Piece], _ after: inout [[Int]], _ before: inout [Int],
        _ lowest: inout [Int]
    ) {
        var second = pieces[index]
        second.isAfterStep = true
        second.tops = [column]
        second.span = min(second.bottoms.min() ?? column, column)...max(second.bottoms.max() ?? column, column)
        for lane in nets[second.net].lanes {
            second.span = min(second.span.lowerBound, lane)...max(second.span.upperBound, lane)
        }
        let top = pieces[index].tops.first ?? column
        pieces[index].bottoms = [column]
        pieces[index].span = min(top, column)...max(top, column)
        nets[second.net].step = (0, column)
        let number = pieces.count
        pieces.append(second)
        after.append([])
        lowest.append(lowest[index])
        lowest[index] = 0
        var waiting = 1
        for upper in after.indices where upper != number {
            for place in after[upper].indices where after[upper][place] == index {
                after[upper][place] = number
                waiting += 1
            }
        }
        before.append(waiting)
        after[index].append(number)
    }
}
