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

    /// The best columns of a layer for those of its neighbour: neighbours that want to overlap become one block at the mean
    /// of what they want.
    private mutating func align(_ layer: [Int], isDown: Bool) {
        var blocks: [(sum: Double, weight: Double, count: Int)] = []
        var offsets: [Int] = []
        var offset = 0
        for (index, slot) in layer.enumerated() {
            if index > 0 { offset += distance(layer[index - 1], slot) }
            offsets.append(offset)
            let (wish, weight) = wish(of: slot, isDown: isDown)
            var block = (sum: Double(wish - offset) * weight, weight: weight, count: 1)
            while let last = blocks.last, last.sum / last.weight >= block.sum / block.weight {
                block = (last.sum + block.sum, last.weight + block.weight, last.count + block.count)
                blocks.removeLast()
            }
            blocks.append(block)
        }
        var index = 0
        for block in blocks {
            let start = Int((block.sum / block.weight).rounded(.down))
            for _ in 0..<block.count {
                columns[layer[index]] = start + offsets[index]
                index += 1
            }
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
