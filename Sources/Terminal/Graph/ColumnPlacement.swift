/// Gives each slot a column for its axis: in order, far enough apart, and as straight above each other as that allows.
struct ColumnPlacement {
    private let grid: LayerGrid
    private let gap: Int
    private(set) var columns: [Int]

    init(_ grid: LayerGrid, gap: Int) {
        self.grid = grid
        self.gap = gap
        columns = Array(repeating: 0, count: grid.slots.count)
        for layer in grid.layers { pack(layer) }
        let sweeps = grid.slots.count <= 2000 ? 10 : grid.slots.count <= 20_000 ? 4 : 2
        for sweep in 0..<sweeps {
            align(isDown: sweep.isMultiple(of: 2))
        }
        align(isDown: false)
        align(isDown: true)
        startAtZero()
    }

    private mutating func pack(_ layer: [Int]) {
        var last: Int?
        for slot in layer {
            let column = last.map { columns[$0] + distance($0, slot) } ?? grid.slots[slot].left
            columns[slot] = column
            last = slot
        }
    }

    private func distance(_ left: Int, _ right: Int) -> Int {
        grid.slots[left].right + gap + 1 + grid.slots[right].left
    }

    private mutating func align(isDown: Bool) {
        let order = isDown ? Array(grid.layers.indices) : grid.layers.indices.reversed()
        for layer in order { align(grid.layers[layer], isDown: isDown) }
    }

    /// The best columns of a layer for those of its neighbour: slots that want to overlap become one block, which goes where
    /// the most weight is content.
    private mutating func align(_ layer: [Int], isDown: Bool) {
        var blocks: [Block] = []
        var offsets: [Int] = []
        var offset = 0
        for (index, slot) in layer.enumerated() {
            if index > 0 { offset += distance(layer[index - 1], slot) }
            offsets.append(offset)
            let (wish, weight) = wish(of: slot, isDown: isDown)
            var block = Block(wish: wish - offset, weight: weight)
            while let last = blocks.last, last.start >= block.start {
                block = Block(last, block)
                blocks.removeLast()
            }
            blocks.append(block)
        }
        var index = 0
        for block in blocks {
            for _ in 0..<block.count {
                columns[layer[index]] = block.start + offsets[index]
                index += 1
            }
        }
    }

    /// Slots that touch each other.
    private struct Block {
        private(set) var start: Int
        private(set) var count: Int
        /// What its slots wish its start to be, ascending; empty for large blocks, which take the mean.
        private var wishes: [(start: Int, weight: Double)]
        private var sum: Double
        private var weight: Double

        /// Medians of larger blocks would take too long.
        private static let largest = 200

        init(wish: Int, weight: Double) {
            start = wish
            count = 1
            wishes = [(wish, weight)]
            sum = Double(wish) * weight
            self.weight = weight
        }

        init(_ left: Block, _ right: Block) {
            count = left.count + right.count
            sum = left.sum + right.sum
            weight = left.weight + right.weight
            start = Int((sum / weight).rounded(.down))
            wishes = []
            guard count <= Self.largest, !left.wishes.isEmpty, !right.wishes.isEmpty else { return }
            wishes = (left.wishes + right.wishes).sorted { $0.start < $1.start }
            start = median
        }

        private var median: Int {
            var seen = 0.0
            for (index, wish) in wishes.enumerated() {
                seen += wish.weight
                if seen * 2 > weight { return wish.start }
                if seen * 2 == weight, index + 1 < wishes.count { return (wish.start + wishes[index + 1].start) >> 1 }
            }
            return start
        }
    }

    /// The weighted median of the columns at which its links would be straight, and how much it matters.
    private func wish(of slot: Int, isDown: Bool) -> (column: Int, weight: Double) {
        let links = isDown ? grid.above[slot] : grid.below[slot]
        guard !links.isEmpty else { return (columns[slot], 0.01) }
        let wishes = links.map { index in
            let link = grid.links[index]
            let column =
                isDown
                ? columns[link.upper] + link.upperOffset - link.lowerOffset
                : columns[link.lower] + link.lowerOffset - link.upperOffset
            return (column: column, weight: link.weight)
        }
        .sorted { $0.column < $1.column }
        let total = wishes.reduce(0) { $0 + $1.weight }
        var sum = 0.0
        for (index, wish) in wishes.enumerated() {
            sum += wish.weight
            guard sum * 2 >= total else { continue }
            let isTie = sum * 2 == total && index + 1 < wishes.count
            let column = isTie ? (wish.column + wishes[index + 1].column) / 2 : wish.column
            return (column, wishes.reduce(0) { max($0, $1.weight) })
        }
        return (columns[slot], 0.01)
    }

    private mutating func startAtZero() {
        let first = grid.slots.indices.map { columns[$0] - grid.slots[$0].left }.min() ?? 0
        for slot in columns.indices { columns[slot] -= first }
    }
}
