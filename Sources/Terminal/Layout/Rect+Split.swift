/// How much of a rectangle a part of it gets.
package enum Extent: Hashable, Sendable {
    case fixed(Int)
    /// A part of what the fixed ones leave, by weight, and not less than a minimum while there is room.
    case share(Int = 1, atLeast: Int = 0)
}

extension Rect {
    /// Splits from top to bottom; as many rectangles as extents, empty where there is no room.
    ///
    /// - Parameter gap: rows between parts; `-1` for parts that share a border.
    package func splitRows(_ extents: Extent..., gap: Int = 0) -> [Rect] {
        Self.lengths(extents, of: rows, gap: gap).map { start, length in
            Rect(column: column, row: row + start, columns: columns, rows: length)
        }
    }

    /// Splits from left to right; as many rectangles as extents, empty where there is no room.
    package func splitColumns(_ extents: Extent..., gap: Int = 0) -> [Rect] {
        Self.lengths(extents, of: columns, gap: gap).map { start, length in
            Rect(column: column + start, row: row, columns: length, rows: rows)
        }
    }

    /// A rectangle of at most this size in the middle of this one.
    package func centred(_ size: Size) -> Rect {
        let wide = min(size.columns, columns)
        let high = min(size.rows, rows)
        return Rect(column: column + (columns - wide) / 2, row: row + (rows - high) / 2, columns: wide, rows: high)
    }

    /// One row of the rectangle; empty when it is not in it.
    package func line(_ index: Int) -> Rect {
        guard index >= 0, index < rows else { return Rect(column: column, row: row, columns: 0, rows: 0) }
        return Rect(column: column, row: row + index, columns: columns, rows: 1)
    }

    private static func lengths(_ extents: [Extent], of total: Int, gap: Int) -> [(start: Int, length: Int)] {
        let room = max(total - gap * max(extents.count - 1, 0), 0)
        var lengths = extents.map { extent in
            switch extent {
            case .fixed(let length): max(length, 0)
            case .share(_, let least): max(least, 0)
            }
        }
        shrink(&lengths, extents, to: room)
        grow(&lengths, extents, to: room)
        var start = 0
        return lengths.map { length in
            defer { start += length + gap }
            let isInside = start < total
            return (start: isInside ? start : total, length: isInside ? min(length, total - start) : 0)
        }
    }

    /// Takes from the shares first, from the last on; then from the fixed ones.
    private static func shrink(_ lengths: inout [Int], _ extents: [Extent], to room: Int) {
        var excess = lengths.reduce(0, +) - room
        for isFixedTurn in [false, true] {
            for index in extents.indices.reversed() where excess > 0 && extents[index].isFixed == isFixedTurn {
                let taken = min(lengths[index], excess)
                lengths[index] -= taken
                excess -= taken
            }
        }
    }

    /// Gives what is free to the shares: each gets its weight's part of the room for all shares, or its minimum.
    private static func grow(_ lengths: inout [Int], _ extents: [Extent], to room: Int) {
        var free = room - lengths.reduce(0, +)
        guard free > 0 else { return }
        var open = extents.indices.filter { extents[$0].weight > 0 }
        while !open.isEmpty {
            let weights = open.reduce(0) { $0 + extents[$1].weight }
            let pool = free + open.reduce(0) { $0 + lengths[$1] }
            // One whose minimum is more than its part keeps the minimum; the others share without it.
            if let big = open.first(where: { lengths[$0] * weights > pool * extents[$0].weight }) {
                open.removeAll { $0 == big }
                continue
            }
            var left = pool
            var weightLeft = weights
            for index in open {
                let part = left * extents[index].weight / max(weightLeft, 1)
                lengths[index] = part
                left -= part
                weightLeft -= extents[index].weight
            }
            free = 0
            return
        }
    }
}

extension Extent {
    fileprivate var isFixed: Bool {
        if case .fixed = self { return true }
        return false
    }

    fileprivate var weight: Int {
        guard case .share(let weight, _) = self else { return 0 }
        return max(weight, 0)
    }
}
