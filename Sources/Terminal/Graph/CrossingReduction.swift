/// Orders the slots of each layer so that few links cross: medians, sweep after sweep, then swaps of neighbours.
struct CrossingReduction {
    private var grid: LayerGrid
    private var place: [Int]

    /// Beyond these numbers of slots the result is only as good as the first order makes it.
    private static let swapLimit = 3000
    private static let sweepLimit = 60_000

    static func reduce(_ grid: inout LayerGrid, start: Int?) {
        var reduction = CrossingReduction(grid)
        reduction.setFirstOrder(start: start)
        reduction.improve()
        grid.layers = reduction.grid.layers
    }

    private init(_ grid: LayerGrid) {
        self.grid = grid
        place = Array(repeating: 0, count: grid.slots.count)
    }

    /// As a walk from the start meets them: what a state leads to by itself stays left of what it is caught by.
    private mutating func setFirstOrder(start: Int?) {
        for layer in grid.layers.indices { grid.layers[layer].removeAll() }
        var isSeen = Array(repeating: false, count: grid.slots.count)
        let roots = (start.map { [$0] } ?? []) + grid.slots.indices.filter { grid.above[$0].isEmpty }
        for root in roots + grid.slots.indices where !isSeen[root] {
            var stack = [root]
            isSeen[root] = true
            while let slot = stack.popLast() {
                place[slot] = grid.layers[grid.slots[slot].layer].count
                grid.layers[grid.slots[slot].layer].append(slot)
                for link in grid.below[slot].reversed() {
                    let next = grid.links[link].lower
                    guard !isSeen[next] else { continue }
                    isSeen[next] = true
                    stack.append(next)
                }
            }
        }
    }

    private mutating func improve() {
        let count = grid.slots.count
        guard count <= Self.sweepLimit else { return }
        let sweeps = count <= 400 ? 12 : count <= Self.swapLimit ? 6 : 2
        var best = grid.layers
        var fewest = crossings()
        for sweep in 0..<sweeps where fewest > 0 {
            sortByMedians(isDown: sweep.isMultiple(of: 2))
            if count <= Self.swapLimit { swapNeighbours() }
            let now = crossings()
            guard now < fewest else { continue }
            fewest = now
            best = grid.layers
        }
        grid.layers = best
    }

    private mutating func sortByMedians(isDown: Bool) {
        let order = isDown ? Array(grid.layers.indices) : grid.layers.indices.reversed()
        for layer in order {
            let keyed = grid.layers[layer].enumerated().map { index, slot in
                (key: median(of: slot, isDown: isDown) ?? Double(index), slot: slot)
            }
            // Sorting is stable here by the index that ties are broken with.
            let sorted = keyed.enumerated().sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }
            setOrder(sorted.map(\.element.slot), of: layer)
        }
    }

    private mutating func setOrder(_ slots: [Int], of layer: Int) {
        grid.layers[layer] = slots
        for (index, slot) in slots.enumerated() { place[slot] = index }
    }

    private func median(of slot: Int, isDown: Bool) -> Double? {
        let places = neighbours(of: slot, isDown: isDown).sorted()
        guard !places.isEmpty else { return nil }
        let middle = places.count / 2
        guard places.count.isMultiple(of: 2) else { return Double(places[middle]) }
        return Double(places[middle - 1] + places[middle]) / 2
    }

    private func neighbours(of slot: Int, isDown: Bool) -> [Int] {
        isDown
            ? grid.above[slot].map { place[grid.links[$0].upper] }
            : grid.below[slot].map { place[grid.links[$0].lower] }
    }

    private mutating func swapNeighbours() {
        for layer in grid.layers.indices {
            var slots = grid.layers[layer]
            guard slots.count > 1 else { continue }
            var isBetter = false
            for index in 0..<(slots.count - 1) {
                let (left, right) = (slots[index], slots[index + 1])
                guard crossings(left, right) > crossings(right, left) else { continue }
                slots.swapAt(index, index + 1)
                isBetter = true
            }
            if isBetter { setOrder(slots, of: layer) }
        }
    }

    /// With the first slot to the left of the second.
    private func crossings(_ left: Int, _ right: Int) -> Int {
        var count = 0
        for isDown in [true, false] {
            let second = neighbours(of: right, isDown: isDown)
            for place in neighbours(of: left, isDown: isDown) {
                count += second.reduce(0) { $0 + ($1 < place ? 1 : 0) }
            }
        }
        return count
    }

    private func crossings() -> Int {
        grid.layers.indices.dropFirst().reduce(0) { $0 + crossings(above: $1) }
    }

    /// Inversions, counted with a tree of sums.
    private func crossings(above layer: Int) -> Int {
        let width = grid.layers[layer].count
        var sums = Array(repeating: 0, count: width + 1)
        var seen = 0
        var count = 0
        for upper in grid.layers[layer - 1] {
            let lowers = grid.below[upper].map { place[grid.links[$0].lower] }
            for lower in lowers {
                var index = lower + 1
                var notRight = 0
                while index > 0 {
                    notRight += sums[index]
                    index &= index - 1
                }
                count += seen - notRight
            }
            for lower in lowers {
                var index = lower + 1
                while index <= width {
                    sums[index] += 1
                    index += index & -index
                }
                seen += 1
            }
        }
        return count
    }
}
