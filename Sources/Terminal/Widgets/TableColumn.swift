/// A column of a table.
package struct TableColumn: Hashable, Sendable {
    package var title: String
    package var alignment: Alignment
    package var minimum: Int
    package var ideal: Int
    /// When the table is too narrow the column with the highest number goes first; 0 always stays.
    package var dropOrder: Int
    /// Takes what is left over.
    package var isFlexible: Bool

    package init(
        _ title: String, _ alignment: Alignment = .left, minimum: Int = 4, ideal: Int? = nil, dropOrder: Int = 0,
        isFlexible: Bool = false
    ) {
        self.title = title
        self.alignment = alignment
        self.minimum = max(minimum, 1)
        self.ideal = max(ideal ?? minimum, self.minimum)
        self.dropOrder = dropOrder
        self.isFlexible = isFlexible
    }
}

extension TableColumn {
    /// Where each column that fits goes.
    ///
    /// - Returns: the column's index and its span, in order; a column that had to go is not in it.
    static func spans(of columns: [TableColumn], in width: Int, gap: Int) -> [(column: Int, span: Range<Int>)] {
        var kept = Array(columns.indices)
        func need() -> Int { kept.reduce(0) { $0 + columns[$1].minimum } + gap * max(kept.count - 1, 0) }
        while need() > width,
            let dropped = kept.filter({ columns[$0].dropOrder > 0 }).max(by: {
                (columns[$0].dropOrder, $0) < (columns[$1].dropOrder, $1)
            })
        {
            kept.removeAll { $0 == dropped }
        }
        var widths = kept.map { columns[$0].minimum }
        var free = width - need()
        for place in kept.indices where free > 0 {
            let more = min(columns[kept[place]].ideal - widths[place], free)
            widths[place] += more
            free -= more
        }
        let flexible = kept.indices.filter { columns[kept[$0]].isFlexible }
        for (turn, place) in flexible.enumerated() where free > 0 {
            let more = free / (flexible.count - turn)
            widths[place] += more
            free -= more
        }
        var start = 0
        return zip(kept, widths).compactMap { column, length in
            defer { start += length + gap }
            guard start < width else { return nil }
            return (column, start..<min(start + length, width))
        }
    }
}
